import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { etagOf } from './activity-code.ts';
import { referencesIn, resolveReferences, runningOrder } from './bulk-references.ts';
import { mostOperations } from './limits.ts';
import type { Operations, Outcome } from './operations.ts';
import { endpoint } from './schema.ts';
import { errorBody, ScimError } from './scim-error.ts';

const bulkRequest = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';

const request = z.looseObject({
  schemas: z
    .array(z.string())
    .refine((schemas) => schemas.includes(bulkRequest), `schemas must contain ${bulkRequest}`),
  failOnErrors: z.int().min(0).optional(),
  Operations: z.array(
    z.looseObject({
      method: z
        .string()
        .toUpperCase()
        .pipe(z.enum(['POST', 'PUT', 'PATCH', 'DELETE'])),
      path: z.string(),
      bulkId: z.string().optional(),
      version: z.string().optional(),
      data: z.unknown().optional(),
    }),
  ),
});

type Operation = z.infer<typeof request>['Operations'][number];
type Answer = Readonly<Record<string, unknown>>;

/**
 * Runs a bulk request (RFC 7644 section 3.7): a status for each operation, in the order of the request, whatever order
 * their references made them run in. What refers to a failed operation fails too. `failOnErrors` 0 or absent: no limit.
 */
export function runBulk(operations: Operations, body: unknown, base: string): readonly Answer[] {
  const { Operations: asked, failOnErrors = 0 } = readBulk(body);
  const places = new Map(
    asked.flatMap(({ bulkId }, place) => (bulkId === undefined ? [] : [[bulkId, place] as const])),
  );
  const ids = asked.map(() => randomUUID());
  const failed = new Set<number>();
  const idOf = (bulkId: string): string => {
    const place = places.get(bulkId);
    if (place === undefined) throw new ScimError(409, `There is no operation with the bulkId ${bulkId}`);
    if (failed.has(place)) throw new ScimError(409, `The operation with the bulkId ${bulkId} failed`);
    return ids[place]!;
  };
  const needs = asked.map(({ path, data }) =>
    referencesIn([path.slice(endpoint.length + 1), data]).flatMap((bulkId) => places.get(bulkId) ?? []),
  );

  const answers: (Answer | undefined)[] = asked.map(() => undefined);
  for (const place of runningOrder(needs)) {
    if (failOnErrors > 0 && failed.size >= failOnErrors) break;
    const operation = asked[place]!;
    try {
      answers[place] = answerTo(operation, runOne(operations, operation, ids[place]!, idOf), base);
    } catch (error) {
      if (!(error instanceof ScimError)) throw error;
      failed.add(place);
      const { method, bulkId } = operation;
      const response = errorBody(error.status, error.message, error.scimType);
      answers[place] = { method, ...(bulkId ? { bulkId } : {}), status: String(error.status), response };
    }
  }
  return answers.filter((answer) => answer !== undefined);
}

function readBulk(body: unknown): z.infer<typeof request> {
  const result = request.safeParse(body);
  if (!result.success) {
    const problems = result.error.issues.map(
      ({ path, message }) => `${path.join('.') || 'body'}: ${message}`,
    );
    throw new ScimError(400, problems.slice(0, 20).join('; '), 'invalidSyntax');
  }
  if (result.data.Operations.length > mostOperations) {
    throw new ScimError(413, `A bulk request has at most ${mostOperations} operations`);
  }
  return result.data;
}

function runOne(
  operations: Operations,
  operation: Operation,
  newId: string,
  idOf: (bulkId: string) => string,
): Outcome {
  const { method, path, version, data } = operation;
  if (method === 'POST') {
    if (path !== endpoint) throw new ScimError(404, `There is nothing at ${path}`);
    if (operation.bulkId === undefined) throw new ScimError(400, 'POST needs a bulkId', 'invalidSyntax');
    return operations.create(resolveReferences(data, idOf), newId);
  }
  if (!path.startsWith(`${endpoint}/`)) throw new ScimError(404, `There is nothing at ${path}`);
  const id = String(resolveReferences(path.slice(endpoint.length + 1), idOf));
  if (method === 'DELETE') return operations.delete(id, version);
  const body = resolveReferences(data, idOf);
  return method === 'PUT' ? operations.replace(id, body, version) : operations.patch(id, body, version);
}

function answerTo({ method, path, bulkId }: Operation, { status, resource }: Outcome, base: string): Answer {
  return {
    method,
    location: resource ? `${base}${endpoint}/${resource.id}` : `${base}${path}`,
    ...(bulkId ? { bulkId } : {}),
    ...(resource ? { version: etagOf(resource) } : {}),
    status: String(status),
  };
}
