import type { FastifyInstance } from 'fastify';

/** Reads bodies of these content types as JSON, an empty one as undefined; `malformed` makes the error of the protocol for a body that is none. */
export function readJson(
  scope: FastifyInstance,
  types: string[],
  malformed: (reason: string) => Error,
): void {
  scope.addContentTypeParser(types, { parseAs: 'string' }, (_request, body, done) => {
    try {
      const text = String(body);
      const value: unknown = text === '' ? undefined : JSON.parse(text);
      done(null, value);
    } catch (error) {
      done(malformed(error instanceof Error ? error.message : 'not JSON'));
    }
  });
}

/** Reads forms into URLSearchParams. */
export function readForms(scope: FastifyInstance): void {
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      done(null, new URLSearchParams(String(body)));
    },
  );
}

/** The status that Fastify itself gives to an error (413, 415, 400), else 500. */
export function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return 500;
  return typeof error.statusCode === 'number' ? error.statusCode : 500;
}
