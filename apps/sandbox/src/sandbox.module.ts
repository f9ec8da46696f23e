import { Global, Inject, Module, type BeforeApplicationShutdown, type DynamicModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { PlatformModule, type Logger } from '#platform';
import { CONFIG, type Config } from './config.ts';
import { ControlModule } from './faults/control.module.ts';
import { HoldingsModule } from './holdings.module.ts';
import { IdentityModule } from './identity/identity.module.ts';
import { MountingModule } from './mounting/mounting.module.ts';
import { PageModule } from './page/page.module.ts';

/** What surrounds Mappa in production, simulated: identity provider, CRM, records system, HR system, and a receiver of webhooks. */
@Global()
@Module({})
export class SandboxModule implements BeforeApplicationShutdown {
  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost<FastifyAdapter>) {}

  static forRoot(config: Config, logger: Logger): DynamicModule {
    return {
      module: SandboxModule,
      imports: [
        PlatformModule.forRoot({ name: 'sandbox', logger }),
        MountingModule,
        IdentityModule,
        HoldingsModule,
        ControlModule,
        PageModule,
      ],
      providers: [{ provide: CONFIG, useValue: config }],
      exports: [CONFIG],
    };
  }

  /** Nobody waits for a server that was told to be slow. */
  beforeApplicationShutdown(): void {
    this.host.httpAdapter.getHttpServer().closeAllConnections();
  }
}
