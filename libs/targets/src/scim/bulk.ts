import { asKept, say } from '#words';
import { z } from 'zod';
import type { Answer } from '../driver.ts';
import { wordsOf } from '../http/words.ts';
import { idOfLocation, judge } from './judge.ts';
import type { Operation } from './operation.ts';

const bulkRequest = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';

const bulkResult = z.looseObject({
  method: z.string().nullish(),
  bulkId: z.string().nullish(),
  location: z.string().nullish(),
  status: z.coerce.number().int(),
  response: z.unknown().optional(),
});
export const bulkResponse = z.looseObject({ Operations: z.array(bulkResult) });
type BulkResult = z.infer<typeof bulkResult>;

const bulkId = (i: number): string => `step-${i}`;

/** RFC 7644, 3.7. Without failOnErrors: servers disagree on what 0 means, and leaving it out means to go on. */
export function renderBulk(operations: readonly Operation[]): Record<string, unknown> {
  return {
    schemas: [bulkRequest],
    Operations: operations.map(({ method, path, body }, i) => ({
      method,
      path,
      ...(method === 'POST' ? { bulkId: bulkId(i) } : {}),
      data: body,
    })),
  };
}

/** One answer for each operation; `unknown` for one that the server does not mention. */
export function readBulk(operations: readonly Operation[], results: readonly BulkResult[]): Answer[] {
  return operations.map((operation, i) => {
    const result = resultOf(operation, i, results, operations.length);
    if (!result)
      return { is: 'unknown', reason: asKept(say`the answer does not say what became of this record`) };
    const reason = wordsOf(result.response);
    return judge(
      operation,
      result.status,
      idOfLocation(result.location),
      `${reason} (status ${result.status})`.trim(),
    );
  });
}

/** By the bulkId, else by the id in the location, else by the place where the server answers one for one. */
function resultOf(
  operation: Operation,
  i: number,
  results: readonly BulkResult[],
  asked: number,
): BulkResult | undefined {
  if (operation.method === 'POST') return results.find((result) => result.bulkId === bulkId(i));
  const same = (result: BulkResult): boolean =>
    (result.method ?? 'PATCH').toUpperCase() === 'PATCH' && !result.bulkId;
  const named = results.find((result) => same(result) && idOfLocation(result.location) === operation.id);
  const placed = results.length === asked ? results[i] : undefined;
  return named ?? (placed && same(placed) && !placed.location ? placed : undefined);
}
