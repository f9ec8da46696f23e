import { z } from 'zod';
import { TargetError, type Answer } from '../driver.ts';
import { shortened } from '../http/words.ts';
import type { Reply } from '../http/read-answer.ts';
import type { Refused } from '../writing/in-batches.ts';

const recordError = z.looseObject({ statusCode: z.string(), message: z.string() });

const saveResult = z.discriminatedUnion('success', [
  z.looseObject({ success: z.literal(true), id: z.string().min(1) }),
  z.looseObject({ success: z.literal(false), errors: z.array(recordError).min(1) }),
]);
export type SaveResult = z.infer<typeof saveResult>;

/** By number of records, at most 200: to make a schema costs more than to check an answer. */
const made = new Map<number, z.ZodType<SaveResult[]>>();

/** The answer of sObject Collections: one result for each record, in their order. */
export function saveResultsOf(records: number): z.ZodType<SaveResult[]> {
  const schema = made.get(records) ?? z.array(saveResult).length(records);
  made.set(records, schema);
  return schema;
}

const limitRetryMs = 60_000;
const passing = new Set([
  'UNABLE_TO_LOCK_ROW',
  'SERVER_UNAVAILABLE',
  'QUERY_TIMEOUT',
  'STORAGE_LIMIT_EXCEEDED',
  'UNKNOWN_EXCEPTION',
  'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  'PROCESSING_HALTED',
]);
const overLimit = new Set(['REQUEST_LIMIT_EXCEEDED', 'REQUEST_RUNNING_TOO_LONG']);
const maybeGone = new Set(['ENTITY_IS_DELETED', 'NOT_FOUND', 'INVALID_CROSS_REFERENCE_KEY']);

/** What became of one record. `maybe-gone`: the record or its parent is not there any more; the codes are the same. */
export type Judged = Answer | { readonly is: 'maybe-gone'; readonly reason: string };

/**
 * @param keyField a duplicate of it while creating was made by somebody else in this very moment: the next attempt finds
 *   that record, so it is not rejected for good. Null for an update.
 */
export function judgeResult(result: SaveResult, keyField: string | null): Judged {
  if (result.success) return { is: 'done', externalId: result.id };
  const [first] = result.errors;
  const statusCode = first?.statusCode ?? '';
  const message = first?.message ?? '';
  const reason = shortened(`${statusCode}: ${message}`);
  if (overLimit.has(statusCode)) return { is: 'slow-down', retryAfterMs: limitRetryMs, reason };
  if (passing.has(statusCode)) return { is: 'failing', reason };
  const justMade = keyField !== null && statusCode === 'DUPLICATE_VALUE' && message.includes(keyField);
  if (justMade) return { is: 'failing', reason };
  if (maybeGone.has(statusCode) && keyField === null) return { is: 'maybe-gone', reason };
  return { is: 'rejected', reason };
}

const requestErrors = z.array(z.looseObject({ errorCode: z.string() })).min(1);
const aboutOneRecord = new Set(['JSON_PARSER_ERROR', 'INVALID_TYPE_ON_FIELD_IN_RECORD', 'MALFORMED_ID']);

/** What the CRM calls the reasons of a refusal; none where it said something else. */
export const errorCodes = ({ body }: Reply): string[] =>
  requestErrors.safeParse(body).data?.map(({ errorCode }) => errorCode) ?? [];

/**
 * The request was refused as a whole. What a single record can cause is halved by the caller; a missing object, field or
 * right, or a limit, is trouble with the CRM.
 * @throws TargetError
 */
export function judgeRefusal(reply: Reply): Refused {
  const { status, reason } = reply;
  const codes = errorCodes(reply);
  const said = codes.length > 0 ? `${codes[0]}: ${reason}` : reason;
  if (codes.some((code) => overLimit.has(code))) {
    throw new TargetError({ is: 'slow-down', retryAfterMs: limitRetryMs, reason: said });
  }
  const canBeOneRecord =
    status === 413 ||
    (status === 400 && (codes.length === 0 || codes.some((code) => aboutOneRecord.has(code))));
  if (canBeOneRecord) return { refused: said };
  throw new TargetError({ is: 'failing', reason: said });
}
