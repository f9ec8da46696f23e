import { asKept, say } from '#words';
import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
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
 * @param signal ends the waiting, for a place among the connections as well as for the answer; so does the time
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
    let cancel: ((reason: Error) => void) | null = null;
    let status = 0;
    let answerHeaders: IncomingHttpHeaders = {};
    let received = 0;
    const chunks: Buffer[] = [];

    let isOver = false;
    let forget: (() => void) | undefined;
    const end = (reason: string): void => {
      const wasSent = cancel !== null;
      isOver = true;
      cancel?.(new Error(reason));
      finish(wasSent ? broken(reason) : broken(asKept(say`it could not be sent in time`)));
    };
    const stop = (): void => end(asKept(say`stopped while waiting for the answer`));
    // A timer of its own and no AbortSignal.any: that keeps a reference for each request at a signal that lives long.
    const timer = setTimeout(() => end(asKept(say`no answer in time`)), timeoutMs);
    const finish = (result: Exchange): void => {
      clearTimeout(timer);
      forget?.();
      resolve(result);
    };
    const broken = (reason: string): Exchange => ({ is: cancel ? 'lost' : 'not-sent', reason });

    if (signal.aborted) return stop();
    forget = onAbort(signal, stop);
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: (controller) => {
        if (isOver) controller.abort(new Error('nobody waits for it any more'));
        else cancel = (reason) => controller.abort(reason);
      },
      onResponseStart: (_controller, statusCode, responseHeaders) => {
        status = statusCode;
        answerHeaders = responseHeaders;
      },
      onResponseData: (controller, chunk) => {
        received += chunk.length;
        if (received > maxBytes)
          controller.abort(new Error(asKept(say`the answer is longer than ${maxBytes} bytes`)));
        else chunks.push(chunk);
      },
      onResponseEnd: () =>
        finish({ is: 'answered', status, headers: answerHeaders, body: Buffer.concat(chunks) }),
      onResponseError: (_controller, error) => finish(broken(networkReason(error))),
    };
    try {
      dispatcher.dispatch({ method, path, headers, body }, handler);
    } catch (error) {
      finish(broken(networkReason(error)));
    }
  });
}
