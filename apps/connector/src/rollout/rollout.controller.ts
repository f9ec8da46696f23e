import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Actor, InLanguage, orProblem, RequireRole, type ActorIdentity } from '#platform';
import { spoken, type Language } from '#words';
import { audited } from '../audit/audited.ts';
import { answerTarget } from '../operations/answer-target.ts';
import { actAnswer, noBody, targetPath, type ActAnswer } from '../operations/schemas.ts';
import { adopt, readAdoptions } from './adopt.ts';
import { letDeliveriesGoOn, readDeliveries, stopDeliveries } from './halt.ts';
import { pin } from './pin.ts';
import { readProgress } from './progress.ts';
import * as schemas from './schemas.ts';
import { goOn, readRollout, readRolloutRule, setRollout, setRolloutRule } from './waves.ts';

type OrganisationPath = z.output<typeof schemas.organisationPath>;
type RevisionPath = z.output<typeof schemas.revisionPath>;

/** Which revision targets should hold, and whether anything is sent. */
@ApiTags('rollout')
@Controller('api/v1')
export class RolloutController {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  @Get('organisations/:id/adoptions')
  @ApiOperation({ summary: 'What an organisation adopted by an act of its own' })
  @ApiOkResponse({ standardSchema: schemas.adoptionsAnswer })
  async getAdoptions(
    @Param({ schema: schemas.organisationPath }) { id }: OrganisationPath,
  ): Promise<z.infer<typeof schemas.adoptionsAnswer>> {
    return orProblem(await readAdoptions(this.db, id));
  }

  @Post('organisations/:id/adoptions')
  @HttpCode(200)
  @RequireRole('operator')
  @ApiOperation({ summary: 'Adopt a revision from a day, for all targets of an organisation' })
  @ApiOkResponse({ standardSchema: schemas.adoptedAnswer })
  async adopt(
    @Param({ schema: schemas.organisationPath }) { id }: OrganisationPath,
    @Body({ schema: schemas.adoptionSchema }) body: schemas.Adoption,
    @Actor() actor: ActorIdentity,
    @InLanguage() language: Language,
  ): Promise<z.infer<typeof schemas.adoptedAnswer>> {
    const act = { action: 'revision-adopted', subject: `organisation/${id}`, details: body };
    const adopted = await audited(this.db, actor, act, (transaction) => adopt(transaction, id, body));
    return spoken(orProblem(adopted), language);
  }

  @Post('targets/:id/pin')
  @HttpCode(200)
  @RequireRole('operator')
  @ApiOperation({ summary: 'Hold a target at a revision; with null, no longer' })
  @ApiOkResponse({ standardSchema: actAnswer })
  async pinTarget(
    @Param({ schema: targetPath }) { id }: z.output<typeof targetPath>,
    @Body({ schema: schemas.pinBody }) { revision }: z.output<typeof schemas.pinBody>,
    @Actor() actor: ActorIdentity,
    @InLanguage() language: Language,
  ): Promise<ActAnswer> {
    const act = { action: 'target-pinned', subject: `target/${id}`, details: { revision } };
    const { changed } = orProblem(
      await audited(
        this.db,
        actor,
        act,
        (transaction) => pin(transaction, id, revision),
        (result) => result.changed,
      ),
    );
    return { ...(await answerTarget(this.db, id, language)), changed };
  }

  @Put('schemes/:scheme/rollout')
  @RequireRole('operator')
  @ApiOperation({ summary: 'How many waves every new revision reaches by itself' })
  @ApiOkResponse({ standardSchema: schemas.schemeRollout })
  async setRule(
    @Param({ schema: schemas.schemePath }) { scheme }: z.output<typeof schemas.schemePath>,
    @Body({ schema: schemas.wavesBody }) { waves }: z.output<typeof schemas.wavesBody>,
    @Actor() actor: ActorIdentity,
  ): Promise<schemas.SchemeRollout> {
    const act = { action: 'rollout-rule-set', subject: `scheme/${scheme}`, details: { waves } };
    return orProblem(
      await audited(this.db, actor, act, (transaction) => setRolloutRule(transaction, scheme, waves)),
    );
  }

  @Get('schemes/:scheme/rollout')
  @ApiOperation({ summary: 'How many waves every new revision reaches by itself' })
  @ApiOkResponse({ standardSchema: schemas.schemeRollout })
  async getRule(
    @Param({ schema: schemas.schemePath }) { scheme }: z.output<typeof schemas.schemePath>,
  ): Promise<schemas.SchemeRollout> {
    return orProblem(await readRolloutRule(this.db, scheme));
  }

  @Get('schemes/:scheme/revisions/:revision/rollout')
  @ApiOperation({ summary: 'How far a revision has come, wave by wave' })
  @ApiOkResponse({ standardSchema: schemas.revisionRollout })
  async getRollout(
    @Param({ schema: schemas.revisionPath }) { scheme, revision }: RevisionPath,
  ): Promise<schemas.RevisionRollout> {
    return orProblem(await readRollout(this.db, scheme, revision));
  }

  @Get('schemes/:scheme/revisions/:revision/rollout/progress')
  @ApiOperation({ summary: 'How many targets and records a revision has reached, and who lacks it longest' })
  @ApiOkResponse({ standardSchema: schemas.rolloutProgress })
  async getProgress(
    @Param({ schema: schemas.revisionPath }) { scheme, revision }: RevisionPath,
    @InLanguage() language: Language,
  ): Promise<schemas.RolloutProgress> {
    return spoken(orProblem(await readProgress(this.db, scheme, revision)), language);
  }

  @Put('schemes/:scheme/revisions/:revision/rollout')
  @RequireRole('operator')
  @ApiOperation({ summary: 'Hold a revision at so many waves, or let it reach more' })
  @ApiOkResponse({ standardSchema: schemas.revisionRollout })
  async setRollout(
    @Param({ schema: schemas.revisionPath }) { scheme, revision }: RevisionPath,
    @Body({ schema: schemas.wavesBody }) { waves }: z.output<typeof schemas.wavesBody>,
    @Actor() actor: ActorIdentity,
  ): Promise<schemas.RevisionRollout> {
    const act = { action: 'rollout-set', subject: `revision/${scheme}/${revision}`, details: { waves } };
    return orProblem(
      await audited(this.db, actor, act, (transaction) => setRollout(transaction, scheme, revision, waves)),
    );
  }

  @Post('schemes/:scheme/revisions/:revision/go-on')
  @HttpCode(200)
  @RequireRole('operator')
  @ApiOperation({ summary: 'Let a revision reach the next wave' })
  @ApiOkResponse({ standardSchema: schemas.revisionRollout })
  async goOn(
    @Param({ schema: schemas.revisionPath }) { scheme, revision }: RevisionPath,
    @Body({ schema: schemas.goOnBody }) { seen }: z.output<typeof schemas.goOnBody>,
    @Actor() actor: ActorIdentity,
  ): Promise<schemas.RevisionRollout> {
    const act = { action: 'rollout-went-on', subject: `revision/${scheme}/${revision}`, details: { seen } };
    return orProblem(
      await audited(this.db, actor, act, (transaction) => goOn(transaction, scheme, revision, seen)),
    );
  }

  @Get('deliveries')
  @ApiOperation({ summary: 'Whether all deliveries are stopped' })
  @ApiOkResponse({ standardSchema: schemas.deliveryState })
  getDeliveries(): Promise<schemas.DeliveryState> {
    return readDeliveries(this.db);
  }

  @Post('deliveries/stop')
  @HttpCode(200)
  @RequireRole('operator')
  @ApiOperation({ summary: 'Stop all deliveries to all targets' })
  @ApiOkResponse({ standardSchema: schemas.deliveryAct })
  async stop(
    @Body({ schema: schemas.stopBody }) { reason }: z.output<typeof schemas.stopBody>,
    @Actor() actor: ActorIdentity,
  ): Promise<schemas.DeliveryAct> {
    const act = { action: 'deliveries-stopped', subject: 'deliveries', details: { reason } };
    return orProblem(
      await audited(
        this.db,
        actor,
        act,
        (transaction) => stopDeliveries(transaction, reason),
        (result) => result.changed,
      ),
    );
  }

  @Post('deliveries/resume')
  @HttpCode(200)
  @RequireRole('operator')
  @ApiOperation({ summary: 'Let deliveries go on after a stop' })
  @ApiOkResponse({ standardSchema: schemas.deliveryAct })
  async resume(
    @Body({ schema: noBody }) _: z.output<typeof noBody>,
    @Actor() actor: ActorIdentity,
  ): Promise<schemas.DeliveryAct> {
    const act = { action: 'deliveries-resumed', subject: 'deliveries' };
    return orProblem(await audited(this.db, actor, act, letDeliveriesGoOn, (result) => result.changed));
  }
}
