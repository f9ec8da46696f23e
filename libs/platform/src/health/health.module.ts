import { Controller, Get, Global, Inject, Module, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { HealthChecks } from './health-checks.ts';

@ApiExcludeController()
@Controller('health')
class HealthController {
  constructor(@Inject(HealthChecks) private readonly health: HealthChecks) {}

  @Get('live')
  live(): { readonly status: string } {
    return { status: 'live' };
  }

  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const { ready, checks } = await this.health.run();
    void reply.status(ready ? 200 : 503).header('cache-control', 'no-store');
    return { status: ready ? 'ready' : 'not-ready', checks };
  }
}

/** GET /health/live: the process answers. GET /health/ready: every registered check is up. */
@Global()
@Module({ controllers: [HealthController], providers: [HealthChecks], exports: [HealthChecks] })
export class HealthModule {}
