import { Global, Module, type DynamicModule } from '@nestjs/common';
import { AuthenticationModule } from './authentication/authentication.module.ts';
import type { AuthenticationOptions } from './authentication/token-verifier.ts';
import { HealthModule } from './health/health.module.ts';
import { LOGGER, type Logger } from './logging.ts';
import { MetricsModule } from './metrics/metrics.module.ts';

export interface PlatformOptions {
  /** Of the app: `catalog`. */
  readonly name: string;
  readonly logger: Logger;
  /** Whose tokens are believed. Left out only by an app whose handlers have a protocol and sign-in of their own. */
  readonly authentication?: AuthenticationOptions;
}

/** What every app imports once: logger (`@Inject(LOGGER)`), `Registry`, `HealthChecks`, and the guard before every handler. */
@Global()
@Module({})
export class PlatformModule {
  static forRoot({ name, logger, authentication }: PlatformOptions): DynamicModule {
    return {
      module: PlatformModule,
      imports: [
        HealthModule,
        MetricsModule.forRoot({ app: name }),
        ...(authentication ? [AuthenticationModule.forRoot(authentication)] : []),
      ],
      providers: [{ provide: LOGGER, useValue: logger }],
      exports: [LOGGER],
    };
  }
}
