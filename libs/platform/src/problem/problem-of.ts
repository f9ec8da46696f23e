import { problemsOfIssues, say, type Sentence } from '#words';
import { HttpException } from '@nestjs/common';
import { z } from 'zod';
import { sqlState } from '../database/sql-state.ts';
import { ProblemException } from './problem-exception.ts';
import { refuse, type Refusal } from './refusal.ts';

/** Issues of a schema (zod, or any Standard Schema), all at once. */
export class SchemaIssues extends HttpException {
  constructor(readonly issues: readonly SchemaIssue[]) {
    super('The request does not have the expected form', 400);
  }
}

export interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

const known: Readonly<Record<number, readonly [code: string, title: Sentence]>> = {
  400: ['malformed-request', say`The request cannot be read`],
  401: ['not-signed-in', say`This needs a valid access token`],
  403: ['not-allowed', say`You may not do this`],
  404: ['not-found', say`There is nothing at this address`],
  405: ['method-not-allowed', say`This address does not know that method`],
  406: ['not-acceptable', say`This cannot be given in the form asked for`],
  408: ['too-slow', say`The request took too long to arrive`],
  409: ['conflict', say`The request contradicts the present state`],
  412: ['changed-meanwhile', say`It was changed meanwhile`],
  413: ['too-large', say`The body of the request is too large`],
  414: ['address-too-long', say`The address of the request is too long`],
  415: ['unsupported-media-type', say`Bodies of this content type are not read here`],
  428: ['if-match-missing', say`Say which state you have seen`],
  429: ['too-many-requests', say`Too many requests`],
  431: ['headers-too-large', say`The headers of the request are too large`],
  500: ['internal-error', say`Something went wrong on our side`],
  503: ['unavailable', say`This cannot be answered just now`],
};

/**
 * What to answer to a thrown error. Never tells anything about the inside.
 * @returns a refusal; status 500 means that the error is a bug and must be logged with its cause
 */
export function problemOf(error: unknown): Refusal {
  if (error instanceof ProblemException) return error.refusal;
  if (error instanceof SchemaIssues) return issuesProblem(error.issues);
  if (error instanceof z.ZodError) return statusProblem(500);
  if (isDatabaseAway(error)) return databaseAway();
  if (sqlState(error) === lockNotAvailable) return busy();
  const status = statusOf(error);
  return status === 500 ? statusProblem(500) : statusProblem(status, detailOf(error));
}

/** Status and words come from Nest's HttpException, or from an error of Fastify (code `FST_ERR_…`). */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const fastify = fastifyError.safeParse(error);
  return fastify.success ? fastify.data.statusCode : 500;
}

const fastifyError = z.object({
  code: z.string().startsWith('FST_ERR_'),
  statusCode: z.int().min(400).max(599),
});

function detailOf(error: unknown): Sentence | undefined {
  if (!(error instanceof Error) || error.message === '') return undefined;
  const [, asked] = routeless.exec(error.message) ?? [];
  if (asked !== undefined) return say`${asked} leads nowhere.`;
  // Nest wraps what Fastify throws.
  const { data } = fastifyError.safeParse(error instanceof HttpException ? error.cause : error);
  return inOurWords[data?.code ?? ''] ?? say`In the words of the server's software: "${error.message}"`;
}

/** What Fastify refuses before any handler of ours. */
const inOurWords: Readonly<Record<string, Sentence>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: say`Its content type says that the body is JSON, and it is not.`,
  FST_ERR_CTP_EMPTY_JSON_BODY: say`Its content type says that the body is JSON, and there is none.`,
  FST_ERR_CTP_INVALID_MEDIA_TYPE: say`Say by the header Content-Type which kind of body it is, such as application/json.`,
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: say`The body does not have the length that the header Content-Length says.`,
  FST_ERR_CTP_BODY_TOO_LARGE: say`The body is larger than this address takes.`,
  FST_ERR_BAD_URL: say`The address has an escape (%) that stands for no sign.`,
};

/** What Nest says where no route takes a request: `Cannot POST /api/v1/nothing`. */
const routeless = /^Cannot ([A-Z]+ \S+)$/;

/** What a status says by itself. */
export function statusProblem(status: number, detail?: Sentence): Refusal {
  const [code, title] = known[status] ?? (status < 500 ? known[400]! : known[500]!);
  return refuse(code, { status, title, ...(detail ? { detail } : {}) });
}

function issuesProblem(issues: readonly SchemaIssue[]): Refusal {
  return refuse('invalid-request', {
    status: 400,
    title: say`The request does not have the expected form`,
    problems: issues.flatMap((issue) => (isOfZod(issue) ? problemsOfIssues([issue]) : [])),
  });
}

/** All our schemas are zod's. */
function isOfZod(issue: SchemaIssue): issue is z.core.$ZodIssue {
  return 'code' in issue && 'path' in issue;
}

/** Postgres refuses connections, restarts, or cut this one (SQLSTATE classes 08 and 57P), or the socket failed. */
function isDatabaseAway(error: unknown): boolean {
  const { data } = z.object({ code: z.string(), driverError: z.unknown().optional() }).safeParse(error);
  return data !== undefined && /^(08...|57P0\d|ECONNREFUSED|ECONNRESET|EPIPE)$/.test(data.code);
}

const lockNotAvailable = '55P03';

/** Somebody else's long work held what this needed, for longer than anybody should wait. */
function busy(): Refusal {
  return refuse('busy', {
    status: 503,
    title: say`Other work is not finished yet, and this must wait for it`,
    detail: say`Nothing was changed. Try again in a few seconds.`,
    headers: { 'retry-after': '5' },
  });
}

function databaseAway(): Refusal {
  return refuse('database-away', {
    status: 503,
    title: say`The database does not answer just now`,
    headers: { 'retry-after': '2' },
  });
}
