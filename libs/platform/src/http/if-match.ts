import { say } from '#words';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { orProblem } from '../problem/problem-exception.ts';
import { refuse, type Refusal } from '../problem/refusal.ts';

/** Strong entity tag of something that is known by a version: 7 -> `"7"`. */
export function versionTag(version: number): string {
  return `"${version}"`;
}

/** `@IfMatch() ifMatch: string` in a handler that changes what may have changed meanwhile; 428 without it (RFC 6585). */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  ifMatchOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** The same where only some requests to an address change anything. */
export function ifMatchOf({ headers }: Pick<FastifyRequest, 'headers'>): string {
  return orProblem(
    headers['if-match'] ??
      refuse('if-match-missing', {
        status: 428,
        title: say`Say which state you have seen`,
        detail: say`Read it first, and send the ETag of the answer as If-Match; * changes it whatever its state.`,
      }),
  );
}

/** Describes the header of such a handler. */
export const ApiIfMatch = ({ unless }: { readonly unless?: string } = {}): MethodDecorator =>
  ApiHeader({
    name: 'If-Match',
    required: unless === undefined,
    description: `ETag of the state that was seen${unless === undefined ? '' : `; not needed for ${unless}`}. Missing: 428; another one: 412, and nothing is changed.`,
    schema: { type: 'string' },
  });

/**
 * Whether a state is the one that the asker has seen (RFC 9110 section 13.1.1, strong comparison).
 * @param ifMatch entity tags of a header, or `*`
 */
export function refuseUnseen(ifMatch: string, version: number): Refusal | null {
  const tag = versionTag(version);
  if (ifMatch.split(',').some((each) => each.trim() === '*' || each.trim() === tag)) return null;
  return refuse('changed-meanwhile', {
    status: 412,
    title: say`It was changed meanwhile`,
    detail: say`You have seen ${ifMatch}, it is at ${tag} now. Read it again, and repeat your change if it is still right.`,
    headers: { etag: tag },
  });
}
