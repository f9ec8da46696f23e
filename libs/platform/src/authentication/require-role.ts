import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import type { Role } from './actor.ts';

export const REQUIRED_ROLES = Symbol('required roles');

/** The handler (or every handler of the controller) is for tokens that carry at least one of these roles. */
export function RequireRole(first: Role, ...others: Role[]): ClassDecorator & MethodDecorator {
  return applyDecorators(SetMetadata(REQUIRED_ROLES, [first, ...others]), ApiBearerAuth());
}
