import { asKept, say } from '#words';
import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { lookBeforeSending } from './check-before-sending.ts';
import { networkReason } from './network-words.ts';
import { onAbort } from './on-abort.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path and query as they go over the wire. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | null;
}

/** What became of one request on the network. `not-sent` is certain: no byte of it has left. */
export type Exchange =
  | {
      readonly is: 'answered';
      readonly status: number;
      readonly headers: IncomingHttpHeaders;
      readonly body: Buffer;
    }
  | { readonly is: 'not-sent'; readonly reason: string }
  | { readonly is: 'lost'; readonly reason: string };

/**
 * One request and its whole answer. Follows no redirect, repeats nothing, never rejects.
 * @param signal ends the waiting, for a place among the connections as well as for the answer; so does the time. Looked at once more
 *   as the request leaves, see `checkBeforeSending`
 * @param maxBytes an answer whose body is longer counts as lost
 */
export function exchange(
  dispatcher: Dispatcher,
  { method, path, headers, body }: HttpRequest,
  signal: AbortSignal,
  timeoutMs: number,
  maxBytes: number,
): Promise<Exchange> {
  return new Promise((resolve) => {
    const call = new Call(resolve, signal, maxBytes);
    if (signal.aborted) return call.end(stopped());
    call.waitAtMost(timeoutMs);
    try {
      dispatcher.dispatch({ method, path, headers, body }, call);
    } catch (error) {
      call.onResponseError(null, error);
    }
  });
}

const stopped = (): string => asKept(say`stopped while waiting for the answer`);

/** A request under way, as undici tells of it. */
class Call implements Dispatcher.DispatchHandler {
  /** Once bytes of the request may have left. */
  private sent: Dispatcher.DispatchController | null = null;
  private isOver = false;
  private status = 0;
  private headers: IncomingHttpHeaders = {};
  private readonly chunks: Buffer[] = [];
  private received = 0;
  private timer: NodeJS.Timeout | undefined;
  private forget: (() => void) | undefined;

  constructor(
    private readonly resolve: (exchange: Exchange) => void,
    private readonly signal: AbortSignal,
    private readonly maxBytes: number,
  ) {}

  waitAtMost(timeoutMs: number): void {
    // A timer of its own and no AbortSignal.any: that keeps a reference for each request at a signal that lives long.
    this.timer = setTimeout(() => this.end(asKept(say`no answer in time`)), timeoutMs);
    this.forget = onAbort(this.signal, () => this.end(stopped()));
  }

  /** Nobody waits any longer. */
  end(reason: string): void {
    this.finish(this.broken(this.sent ? reason : asKept(say`it could not be sent in time`)));
    this.sent?.abort(new Error(reason));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    lookBeforeSending(this.signal);
    if (this.isOver) controller.abort(new Error('nobody waits for it any more'));
    else this.sent = controller;
  }

  onResponseStart(_: unknown, status: number, headers: IncomingHttpHeaders): void {
    this.status = status;
    this.headers = headers;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.received += chunk.length;
    if (this.received <= this.maxBytes) this.chunks.push(chunk);
    else controller.abort(new Error(asKept(say`the answer is longer than ${this.maxBytes} bytes`)));
  }

  onResponseEnd(): void {
    const { status, headers, chunks } = this;
    this.finish({ is: 'answered', status, headers, body: Buffer.concat(chunks) });
  }

  onResponseError(_: unknown, error: unknown): void {
    this.finish(this.broken(networkReason(error)));
  }

  private broken(reason: string): Exchange {
    return { is: this.sent ? 'lost' : 'not-sent', reason };
  }

  private finish(result: Exchange): void {
    this.isOver = true;
    clearTimeout(this.timer);
    this.forget?.();
    this.resolve(result);
  }
}
