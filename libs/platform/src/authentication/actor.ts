import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

export const roles = ['reader', 'editor', 'approver', 'operator', 'auditor', 'administrator'] as const;
export type Role = (typeof roles)[number];

/** Who asks, as the access token says. */
export interface ActorIdentity {
  /** Claim `sub`. */
  readonly id: string;
  readonly name?: string;
  readonly roles: readonly Role[];
}

const actors = new WeakMap<object, ActorIdentity>();

export function rememberActor(request: FastifyRequest, actor: ActorIdentity): void {
  actors.set(request.raw, actor);
}

/** `@Actor() actor: ActorIdentity` in a handler that has `@RequireRole`. */
export const Actor = createParamDecorator((_: unknown, context: ExecutionContext): ActorIdentity => {
  const actor = actors.get(context.switchToHttp().getRequest<FastifyRequest>().raw);
  if (!actor) throw new Error('@Actor() needs @RequireRole() on the same handler');
  return actor;
});
