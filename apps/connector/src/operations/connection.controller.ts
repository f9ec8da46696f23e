import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { orProblem, RequireRole } from '#platform';
import { DriverCabinet } from '../delivery/driver-cabinet.ts';
import { reachTarget } from '../observation/reach-target.ts';
import { unknownTarget } from './act.ts';
import * as schemas from './schemas.ts';
import { readConfiguration } from './target-configuration.ts';
import { testConnection } from './test-connection.ts';

const longestTestMs = 30_000;

@ApiTags('operations')
@Controller('api/v1')
export class ConnectionController {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(DriverCabinet) private readonly drivers: DriverCabinet,
  ) {}

  @Get('targets/:id/configuration')
  @RequireRole('operator', 'administrator')
  @ApiOperation({ summary: 'What is registered for a target, and who changed it' })
  @ApiOkResponse({ standardSchema: schemas.targetConfiguration })
  async getConfiguration(
    @Param({ schema: schemas.targetPath }) { id }: z.output<typeof schemas.targetPath>,
  ): Promise<schemas.TargetConfiguration> {
    return orProblem((await readConfiguration(this.db, id)) ?? unknownTarget(id));
  }

  @Post('targets/:id/connection-test')
  @HttpCode(200)
  @RequireRole('operator', 'administrator')
  @ApiOperation({
    summary: 'Whether a target is there, knows us, and lets us do what we need; no record is changed',
  })
  @ApiOkResponse({ standardSchema: schemas.connectionTest })
  async test(
    @Param({ schema: schemas.targetPath }) { id }: z.output<typeof schemas.targetPath>,
  ): Promise<schemas.ConnectionTest> {
    const { opened } = orProblem(await reachTarget(this.db, this.drivers, id));
    return testConnection(opened.driver, AbortSignal.timeout(longestTestMs));
  }
}
