import { Body, Controller, Get, HttpCode, Inject, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import {
  Actor,
  ApiIfMatch,
  IfMatch,
  isRefusal,
  InLanguage,
  orProblem,
  RequireRole,
  versionTag,
  type ActorIdentity,
} from '#platform';
import { drivers } from '#targets';
import { inWords, withReasonIn, type Language } from '#words';
import type { ConnectorConfig } from '../config.ts';
import { CONFIG } from '../config.module.ts';
import { DriverCabinet } from '../delivery/driver-cabinet.ts';
import { reachTarget } from '../observation/reach-target.ts';
import { allowedBy } from '../registry/allowed.ts';
import { patchTarget } from '../registry/patch-target.ts';
import { configurationPatch, moveQuery, type ConfigurationPatch } from '../registry/schemas.ts';
import { unknownTarget } from './act.ts';
import * as schemas from './schemas.ts';
import { readConfiguration, versionOf } from './target-configuration.ts';
import { judgeProbe, testConnection } from './test-connection.ts';

const longestTestMs = 30_000;
const notTried = { is: 'failing', reason: '' } as const;

@ApiTags('operations')
@Controller('api/v1')
export class ConnectionController {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(DriverCabinet) private readonly drivers: DriverCabinet,
    @Inject(CONFIG) private readonly config: ConnectorConfig,
  ) {}

  @Get('targets/:id/configuration')
  @RequireRole('operator', 'administrator')
  @ApiOperation({ summary: 'What is registered for a target, and who changed it' })
  @ApiOkResponse({ standardSchema: schemas.targetConfiguration })
  async getConfiguration(
    @Param({ schema: schemas.targetPath }) { id }: z.output<typeof schemas.targetPath>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<schemas.TargetConfiguration> {
    const configuration = orProblem((await readConfiguration(this.db, id)) ?? unknownTarget(id));
    void reply.header('etag', versionTag(versionOf(configuration)));
    return configuration;
  }

  @Patch('targets/:id/configuration')
  @RequireRole('administrator')
  @ApiIfMatch()
  @ApiConsumes('application/merge-patch+json', 'application/json')
  @ApiOperation({ summary: 'Change what a target has to itself, by JSON Merge Patch' })
  @ApiOkResponse({ standardSchema: schemas.targetConfiguration })
  async patchConfiguration(
    @Param({ schema: schemas.targetPath }) { id }: z.output<typeof schemas.targetPath>,
    @Body({ schema: configurationPatch }) patch: ConfigurationPatch,
    @Query({ schema: moveQuery }) { sameRecords }: z.output<typeof moveQuery>,
    @IfMatch() ifMatch: string,
    @Actor() actor: ActorIdentity,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<schemas.TargetConfiguration> {
    const allowed = allowedBy(this.config);
    orProblem(await patchTarget(this.db, drivers, id, patch, ifMatch, actor, { sameRecords, allowed }));
    return this.getConfiguration({ id }, reply);
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
    @InLanguage() language: Language,
  ): Promise<schemas.ConnectionTest> {
    const reached = await reachTarget(this.db, this.drivers, id);
    if (isRefusal(reached) && reached.detail && reached.code === 'target-not-asked')
      return { ...judgeProbe(notTried, false), reason: inWords(reached.detail, language), durationMs: 0 };
    const { opened } = orProblem(reached);
    const found = await testConnection(opened.driver, AbortSignal.timeout(longestTestMs));
    return withReasonIn(language)(found);
  }
}
