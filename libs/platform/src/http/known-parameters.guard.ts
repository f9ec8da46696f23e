import { say } from '#words';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { orProblem } from '../problem/problem-exception.ts';
import { refuse, type Refusal } from '../problem/refusal.ts';
import { keysOf } from './keys-of.ts';

type Handler = ReturnType<ExecutionContext['getHandler']>;
type Controller = ReturnType<ExecutionContext['getClass']>;

/** What Nest keeps of the parameters of a handler, by `<kind>:<index>`. */
const argumentsSchema = z.record(
  z.string(),
  z.object({ data: z.unknown().optional(), schema: z.unknown().optional() }),
);

/**
 * Refuses query parameters that a handler does not know: a misspelt filter would otherwise list everything, and a misspelt
 * choice be taken for the default. What is known stands in the schema beside `@Query`; a handler without one knows none.
 */
export class KnownParametersGuard implements CanActivate {
  private readonly known = new WeakMap<Handler, ReadonlySet<string> | null>();

  canActivate(context: ExecutionContext): boolean {
    const { query } = context
      .switchToHttp()
      .getRequest<FastifyRequest<{ Querystring: Record<string, unknown> }>>();
    if (Object.keys(query).length === 0) return true;
    const known = this.knownBy(context.getClass(), context.getHandler());
    if (!known) return true;
    for (const name of Object.keys(query)) if (!known.has(name)) readAsBefore(query, name, known);
    const unknown = Object.keys(query).filter((name) => !known.has(name));
    if (unknown.length > 0) orProblem(refuseUnknown(unknown, [...known]));
    return true;
  }

  /** null: whatever is sent. */
  private knownBy(controller: Controller, handler: Handler): ReadonlySet<string> | null {
    let known = this.known.get(handler);
    if (known === undefined) this.known.set(handler, (known = readKnown(controller, handler.name)));
    return known;
  }
}

/** Names that parameters had before. */
const formerly: Readonly<Record<string, string>> = { language: 'lang' };

/** What a parameter of a former name says is read by its name of today; `_` only tells caches apart, and says nothing. */
function readAsBefore(query: Record<string, unknown>, name: string, known: ReadonlySet<string>): void {
  const today = formerly[name];
  if (today !== undefined && known.has(today)) query[today] ??= query[name];
  else if (name !== '_') return;
  delete query[name];
}

function readKnown(controller: Controller, method: string): ReadonlySet<string> | null {
  const taken = argumentsSchema.parse(Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, method) ?? {});
  const known = new Set<string>();
  for (const [kind, { data, schema }] of Object.entries(taken)) {
    if (!kind.startsWith(`${RouteParamtypes.QUERY}:`)) continue;
    const keys = typeof data === 'string' ? [data] : keysOf(schema);
    if (keys === null) return null;
    for (const key of keys) known.add(key);
  }
  return known;
}

function refuseUnknown(unknown: readonly string[], known: readonly string[]): Refusal {
  return refuse('parameters-unknown', {
    title: say`There are query parameters that are not known here`,
    status: 400,
    detail: known.length === 0 ? say`This address takes none.` : say`This address knows ${known.join(', ')}.`,
    problems: unknown.map((path) => ({
      path,
      rule: 'parameter-unknown',
      message: say`It is not known here.`,
    })),
  });
}
