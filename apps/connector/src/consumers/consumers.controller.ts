import { Body, Controller, Get, Inject, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Actor, orProblem, RequireRole, type ActorIdentity } from '#platform';
import { readConsumers } from './read-consumers.ts';
import { reportCheckpoint } from './report-checkpoint.ts';
import * as schemas from './schemas.ts';

@ApiTags('consumers')
@Controller('api/v1')
export class ConsumersController {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  @Get('consumers')
  @ApiOperation({ summary: 'Readers that are not ours: how far each is, and whether its hash is right' })
  @ApiOkResponse({ standardSchema: schemas.consumersAnswer })
  async getConsumers(): Promise<z.infer<typeof schemas.consumersAnswer>> {
    return { items: await readConsumers(this.db) };
  }

  @Put('consumers/:id/checkpoint')
  @RequireRole('reader')
  @ApiOperation({ summary: 'Say which revision a reader holds, with the hash that it computed' })
  @ApiOkResponse({ standardSchema: schemas.consumerSchema })
  async report(
    @Param({ schema: schemas.consumerPath }) { id }: z.output<typeof schemas.consumerPath>,
    @Body({ schema: schemas.checkpointBody }) body: schemas.Checkpoint,
    @Actor() actor: ActorIdentity,
  ): Promise<schemas.Consumer> {
    return orProblem(await reportCheckpoint(this.db, actor, id, body));
  }
}
