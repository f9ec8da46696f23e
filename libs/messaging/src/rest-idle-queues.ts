import { createRequire } from 'node:module';
import { z } from 'zod';

interface RequestQueue {
  readonly pending: readonly unknown[];
}
type Schedule = (this: RequestQueue) => void;

const queueClass = z.custom<{ readonly prototype: { scheduleCheckPendingRequests: Schedule } }>(
  (given) =>
    typeof given === 'function' && typeof given.prototype?.scheduleCheckPendingRequests === 'function',
);

let isDone = false;

/**
 * kafkajs 2.2.4 looks every millisecond, on every connection and for ever, whether its queue of requests has something to
 * send, with a negative timeout that Node 24 warns of (kafkajs issue 1751). An empty queue has nothing to look for:
 * whatever is put into it later asks for the next look itself.
 */
export function restIdleQueues(): void {
  if (isDone) return;
  isDone = true;
  const loaded: unknown = createRequire(import.meta.url)('kafkajs/src/network/requestQueue');
  const { prototype } = queueClass.parse(loaded);
  const schedule = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function scheduleWhenNotEmpty() {
    if (this.pending.length > 0) schedule.call(this);
  };
}
