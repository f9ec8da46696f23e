import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { targetStatusSchema, type TargetStatus } from '#contracts';
import { Actor, InLanguage, orProblem, refuse, RequireRole, type ActorIdentity } from '#platform';
import { say, spoken, withReasonIn, type Language } from '#words';
import { audited } from '../audit/audited.ts';
import { findTarget, retry, unknownTarget } from './act.ts';
import { answerTarget } from './answer-target.ts';
import { isKnownCode, readCode } from './code-across.ts';
import { readMatrix } from './matrix.ts';
import { unknownScheme } from './unknown-scheme.ts';
import { readReplica } from './replica-status.ts';
import * as schemas from './schemas.ts';
import { readSkips } from './skip-list.ts';
import { readStuck } from './stuck-list.ts';
import { readTargetPage } from './target-status.ts';
import { summarise } from './target-summary.ts';

type TargetPath = z.output<typeof schemas.targetPath>;

/** What operators see and do. Reading is open; acting needs the role operator. */
@ApiTags('operations')
@Controller('api/v1')
export class OperationsController {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  @Get('targets')
  @ApiOperation({ summary: 'Targets with their state, in pages; all of them, or those that match' })
  @ApiOkResponse({ standardSchema: schemas.targetsAnswer })
  async getTargets(
    @Query({ schema: schemas.targetsQuery })
    { cursor, limit, ...filter }: z.output<typeof schemas.targetsQuery>,
    @InLanguage() language: Language,
  ): Promise<z.infer<typeof schemas.targetsAnswer>> {
    const page = { limit, ...(cursor === undefined ? {} : { cursor }) };
    return spoken(await readTargetPage(this.dataSource, filter, page), language);
  }

  @Get('targets/summary')
  @ApiOperation({ summary: 'How many targets are in which state, together and by group' })
  @ApiOkResponse({ standardSchema: schemas.targetsSummary })
  getSummary(
    @Query({ schema: schemas.summaryQuery }) { by, ...filter }: z.output<typeof schemas.summaryQuery>,
  ): Promise<schemas.TargetsSummary> {
    return summarise(this.dataSource, filter, by ?? null);
  }

  @Get('targets/:id')
  @ApiOperation({ summary: 'One target with its state' })
  @ApiOkResponse({ standardSchema: targetStatusSchema })
  getTarget(
    @Param({ schema: schemas.targetPath }) { id }: TargetPath,
    @InLanguage() language: Language,
  ): Promise<TargetStatus> {
    return answerTarget(this.dataSource, id, language);
  }

  @Get('targets/:id/stuck')
  @ApiOperation({ summary: 'What a target does not take, and why, in pages' })
  @ApiOkResponse({ standardSchema: schemas.stuckAnswer })
  async getStuck(
    @Param({ schema: schemas.targetPath }) { id }: TargetPath,
    @Query({ schema: schemas.stuckQuery }) query: schemas.StuckQuery,
    @InLanguage() language: Language,
  ): Promise<z.infer<typeof schemas.stuckAnswer>> {
    orProblem((await findTarget(this.dataSource, id)) ?? unknownTarget(id));
    const { items, next } = await readStuck(this.dataSource, id, query);
    return { target: id, items: items.map(withReasonIn(language)), next };
  }

  @Get('targets/:id/skips')
  @RequireRole('operator', 'administrator')
  @ApiOperation({ summary: 'What operators skipped at a target, why and since when, in pages' })
  @ApiOkResponse({ standardSchema: schemas.skippedAnswer })
  async getSkips(
    @Param({ schema: schemas.targetPath }) { id }: TargetPath,
    @Query({ schema: schemas.stuckQuery }) query: schemas.StuckQuery,
  ): Promise<z.infer<typeof schemas.skippedAnswer>> {
    orProblem((await findTarget(this.dataSource, id)) ?? unknownTarget(id));
    return { target: id, ...(await readSkips(this.dataSource, id, query)) };
  }

  @Post('targets/:id/retry')
  @HttpCode(200)
  @RequireRole('operator')
  @ApiOperation({ summary: 'Try again now: everything that is stuck, or some codes' })
  @ApiOkResponse({ standardSchema: schemas.retryAnswer })
  async retryStuck(
    @Param({ schema: schemas.targetPath }) { id }: TargetPath,
    @Body({ schema: schemas.retryBody }) body: z.output<typeof schemas.retryBody>,
    @Actor() actor: ActorIdentity,
  ): Promise<schemas.RetryAnswer> {
    const codes = body?.codes ?? null;
    const act = { action: 'target-retried', subject: `target/${id}`, details: { codes } };
    return orProblem(
      await audited(this.dataSource, actor, act, (transaction) => retry(transaction, id, codes)),
    );
  }

  @Get('codes/:code')
  @ApiOperation({ summary: 'One code at all targets' })
  @ApiOkResponse({ standardSchema: schemas.codeAnswer })
  async getCode(
    @Param({ schema: schemas.codePath }) { code }: z.output<typeof schemas.codePath>,
    @InLanguage() language: Language,
  ): Promise<z.infer<typeof schemas.codeAnswer>> {
    const targets = await readCode(this.dataSource, code);
    if (targets.length === 0 && !(await isKnownCode(this.dataSource, code))) {
      const detail = say`No revision and no target has the code "${code}".`;
      orProblem(refuse('code-unknown', { status: 404, title: say`There is no such code`, detail }));
    }
    const said = targets.map(({ stuck, ...target }) => ({
      ...target,
      stuck: stuck && withReasonIn(language)(stuck),
    }));
    return { code, targets: said };
  }

  @Get('schemes/:scheme/matrix')
  @ApiOperation({ summary: 'Codes against targets, a page of each' })
  @ApiOkResponse({ standardSchema: schemas.matrixAnswer })
  async getMatrix(
    @Param({ schema: schemas.schemePath }) { scheme }: z.output<typeof schemas.schemePath>,
    @Query({ schema: schemas.matrixQuery }) query: z.output<typeof schemas.matrixQuery>,
  ): Promise<schemas.Matrix> {
    const matrix = await readMatrix(this.dataSource, scheme, query);
    return orProblem(matrix ?? unknownScheme(scheme));
  }

  @Get('schemes/:scheme/replica')
  @ApiOperation({ summary: 'What the connector holds of a map' })
  @ApiOkResponse({ standardSchema: schemas.replicaStatus })
  async getReplica(
    @Param({ schema: schemas.schemePath }) { scheme }: z.output<typeof schemas.schemePath>,
  ): Promise<z.infer<typeof schemas.replicaStatus>> {
    const replica = await readReplica(this.dataSource, scheme);
    return orProblem(replica ?? unknownScheme(scheme));
  }
}
