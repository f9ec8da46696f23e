import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Actor, InLanguage, orProblem, RequireRole, type ActorIdentity } from '#platform';
import { withReasonIn, type Language } from '#words';
import { audited } from '../audit/audited.ts';
import { noBody, targetPath } from '../operations/schemas.ts';
import { askCheck, readReport } from './ask-check.ts';
import { releaseRepair } from './release-repair.ts';
import * as schemas from './schemas.ts';

type TargetPath = z.output<typeof targetPath>;

@ApiTags('drift')
@Controller('api/v1/targets')
export class DriftController {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  @Post(':id/drift-check')
  @HttpCode(202)
  @RequireRole('operator')
  @ApiOperation({ summary: 'Read a target back soon, and compare it with what it acknowledged' })
  @ApiAcceptedResponse({ standardSchema: schemas.driftReport })
  async ask(
    @Param({ schema: targetPath }) { id }: TargetPath,
    @Body({ schema: noBody }) _: z.output<typeof noBody>,
    @Actor() actor: ActorIdentity,
    @InLanguage() language: Language,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<schemas.DriftReport> {
    const act = { action: 'drift-check-asked', subject: `target/${id}` };
    orProblem(await audited(this.db, actor, act, (transaction) => askCheck(transaction, id)));
    void reply.header('location', `/api/v1/targets/${encodeURIComponent(id)}/drift`);
    return withReasonIn(language)(orProblem(await readReport(this.db, id, schemas.driftQuery.parse({}))));
  }

  @Post(':id/drift-repair')
  @HttpCode(202)
  @RequireRole('operator')
  @ApiOperation({ summary: 'Mend what the last check found, although it is more than the limit' })
  @ApiAcceptedResponse({ standardSchema: schemas.releasedRepair })
  async repair(
    @Param({ schema: targetPath }) { id }: TargetPath,
    @Body({ schema: noBody }) _: z.output<typeof noBody>,
    @Actor() actor: ActorIdentity,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof schemas.releasedRepair>> {
    const act = { action: 'drift-repair-released', subject: `target/${id}` };
    const released = await audited(this.db, actor, act, (transaction) => releaseRepair(transaction, id));
    void reply.header('location', `/api/v1/targets/${encodeURIComponent(id)}/drift`);
    return orProblem(released);
  }

  @Get(':id/drift')
  @RequireRole('operator', 'administrator')
  @ApiOperation({ summary: 'What the last check of a target found' })
  @ApiOkResponse({ standardSchema: schemas.driftReport })
  async report(
    @Param({ schema: targetPath }) { id }: TargetPath,
    @Query({ schema: schemas.driftQuery }) query: schemas.DriftQuery,
    @InLanguage() language: Language,
  ): Promise<schemas.DriftReport> {
    return withReasonIn(language)(orProblem(await readReport(this.db, id, query)));
  }
}
