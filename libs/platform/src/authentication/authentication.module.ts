import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { RoleGuard } from './role.guard.ts';
import { TokenVerifier, type AuthenticationOptions } from './token-verifier.ts';

/** Puts RoleGuard before every handler of the app. */
@Global()
@Module({})
export class AuthenticationModule {
  static forRoot(options: AuthenticationOptions): DynamicModule {
    return {
      module: AuthenticationModule,
      providers: [
        { provide: TokenVerifier, useFactory: () => new TokenVerifier(options) },
        RoleGuard,
        { provide: APP_GUARD, useExisting: RoleGuard },
      ],
      exports: [TokenVerifier, RoleGuard],
    };
  }
}
