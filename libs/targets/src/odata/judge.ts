import { z } from 'zod';
import { TargetError, type Answer } from '../driver.ts';
import type { Reply } from '../http/read-answer.ts';

const errorBody = z.looseObject({ error: z.looseObject({ code: z.string() }) });

/** The limits of Dataverse that protect the service: requests, time of execution, requests at the same time. */
const overLimit = new Set(['0x80072322', '0x80072321', '0x80072326']);
/** No such table, no such property: the settings are wrong, and no record is. */
const unknownName = new Set(['0x8006088a', '0x80060888']);
const duplicate = new Set(['0x80040237', '0x80060892']);
const limitRetryMs = 60_000;

/** What a refusal can mean for the record of a request; `reason` in the words of the system. */
export interface Refusal {
  readonly means: 'refused' | 'not-there' | 'duplicate';
  readonly reason: string;
}

/** What became of a deletion; a record that is not there any more was deleted before. @throws TargetError */
export function judgeDeletion(externalId: string, reply: Reply): Answer {
  if (reply.ok || reply.status === 410) return { is: 'done', externalId };
  if (reply.status === 403) return { is: 'rejected', reason: reply.reason };
  const { means, reason } = judgeRefusal(reply);
  return means === 'not-there' ? { is: 'done', externalId } : { is: 'rejected', reason };
}

/** @throws TargetError for what is not about a record */
export function judgeRefusal({ status, body, reason }: Reply): Refusal {
  const code = errorBody.safeParse(body).data?.error.code.toLowerCase() ?? '';
  const said = code ? `${code}: ${reason}` : reason;
  if (overLimit.has(code))
    throw new TargetError({ is: 'slow-down', retryAfterMs: limitRetryMs, reason: said });
  if (unknownName.has(code)) throw new TargetError({ is: 'failing', reason: said });
  if (duplicate.has(code) || status === 409) return { means: 'duplicate', reason: said };
  if (status === 400 || status === 413 || status === 422) return { means: 'refused', reason: said };
  if (status === 404 || status === 412) return { means: 'not-there', reason: said };
  throw new TargetError({ is: 'failing', reason: said });
}
