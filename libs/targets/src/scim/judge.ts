import { asKept, say } from '#words';
import { TargetError, type Answer } from '../driver.ts';
import type { Reply } from '../http/read-answer.ts';
import type { Operation } from './operation.ts';

const withoutRetryAfterMs = 1000;

/**
 * What became of one operation.
 * @param status HTTP status, of the request or of its part in a bulk answer
 * @param id of the record where the answer names one
 */
export function judge(operation: Operation, status: number, id: string | null, reason: string): Answer {
  if (status >= 200 && status < 300) {
    const externalId = operation.method === 'PATCH' ? operation.id : id;
    return externalId
      ? { is: 'done', externalId }
      : { is: 'unknown', reason: asKept(say`created, but the answer does not say under which id`) };
  }
  if (status === 404) {
    if (operation.method === 'PATCH') return { is: 'gone', reason };
    return { is: 'failing', reason: asKept(say`nothing can be created at ${operation.path}: ${reason}`) };
  }
  if (status === 429) return { is: 'slow-down', retryAfterMs: withoutRetryAfterMs, reason };
  if (status === 401 || status === 412 || status === 501 || status === 503) return { is: 'failing', reason };
  return { is: status >= 500 || status < 400 ? 'unknown' : 'rejected', reason };
}

/** What became of a deletion; one that was done before is 404 (RFC 7644, 3.6). @throws TargetError */
export function judgeDeletion(id: string, { ok, status, reason }: Reply): Answer {
  if (ok || status === 404) return { is: 'done', externalId: id };
  if (status === 400 || status === 403 || status === 409 || status === 412 || status === 422)
    return { is: 'rejected', reason };
  throw new TargetError({ is: 'failing', reason });
}

/** `https://hr.example/v2/ActivityCodes/42` or `/ActivityCodes/42` -> `42`; the rest of a location may not lead through our address. */
export function idOfLocation(location: string | null | undefined): string | null {
  const last = location?.split(/[?#]/)[0]?.split('/').at(-1);
  if (!last) return null;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
