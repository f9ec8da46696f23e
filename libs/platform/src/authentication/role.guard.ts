import { eitherOf, say } from '#words';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { orProblem } from '../problem/problem-exception.ts';
import { refuse, type Refusal } from '../problem/refusal.ts';
import { rememberActor, type ActorIdentity, type Role } from './actor.ts';
import { REQUIRED_ROLES } from './require-role.ts';
import { TokenVerifier } from './token-verifier.ts';

const reads = new Set(['GET', 'HEAD']);

/**
 * Stands before every handler. Reading needs nothing unless the handler asks for a role; whatever is not a read and
 * names no role is refused, so that no anonymous write can exist by oversight.
 */
@Injectable()
export class RoleGuard implements CanActivate {
  private readonly required = new WeakMap<object, { readonly roles: readonly Role[] | undefined }>();

  constructor(
    @Inject(TokenVerifier) private readonly tokens: TokenVerifier,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const required = this.requiredFor(context);
    return (!required && reads.has(request.method)) || this.admit(request, required);
  }

  /** Looked up once for each handler: reading metadata costs as much as a small answer. */
  private requiredFor(context: ExecutionContext): readonly Role[] | undefined {
    const handler = context.getHandler();
    const known = this.required.get(handler);
    if (known) return known.roles;
    const targets = [handler, context.getClass()];
    const roles = this.reflector.getAllAndOverride<Role[] | undefined>(REQUIRED_ROLES, targets);
    this.required.set(handler, { roles });
    return roles;
  }

  private async admit(request: FastifyRequest, required: readonly Role[] | undefined): Promise<boolean> {
    if (!required)
      orProblem(
        refuse('not-allowed', {
          status: 403,
          title: say`You may not do this`,
          detail: say`No role may do this.`,
        }),
      );
    const actor = orProblem(await this.tokens.verify(request.headers.authorization));
    orProblem(allow(actor, required ?? []));
    rememberActor(request, actor);
    return true;
  }
}

/** @returns the actor, or a refusal that names the role that is missing */
export function allow(actor: ActorIdentity, required: readonly Role[]): ActorIdentity | Refusal {
  if (required.some((role) => actor.roles.includes(role))) return actor;
  return refuse('role-missing', {
    status: 403,
    title: say`Your role does not allow this`,
    detail: say`This needs the role ${eitherOf(required)}; you have ${actor.roles.join(', ') || say`none`}.`,
    extensions: { required },
    headers: { 'www-authenticate': 'Bearer realm="mappa", error="insufficient_scope"' },
  });
}
