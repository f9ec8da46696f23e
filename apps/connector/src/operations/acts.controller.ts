import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Actor, InLanguage, orProblem, RequireRole, type ActorIdentity } from '#platform';
import type { Language } from '#words';
import { audited } from '../audit/audited.ts';
import { actOnMany, findMatching } from './act-on-many.ts';
import { act, deeds, type DeedName } from './act.ts';
import { answerTarget } from './answer-target.ts';
import * as schemas from './schemas.ts';
import { skip, unskip } from './skip.ts';

type TargetPath = z.output<typeof schemas.targetPath>;

/** What operators do to targets. */
@ApiTags('operations')
@Controller('api/v1')
@RequireRole('operator')
export class ActsController {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  @Post('targets/:id/pause')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send nothing more to a target' })
  @ApiOkResponse({ standardSchema: schemas.actAnswer })
  pause(
    @Param({ schema: schemas.targetPath }) { id }: TargetPath,
    @Body({ schema: schemas.pauseBody }) body: z.output<typeof schemas.pauseBody>,
    @Actor() actor: ActorIdentity,
    @InLanguage() language: Language,
  ): Promise<schemas.ActAnswer> {
    return this.perform('pause', id, actor, language, body?.reason);
  }

  @Post('targets/:id/resume')
  @HttpCode(200)
  @ApiOperation({ summary: 'Go on with a paused target' })
  @ApiOkResponse({ standardSchema: schemas.actAnswer })
  resume(
    @Param({ schema: schemas.targetPath }) { id }: TargetPath,
    @Body({ schema: schemas.noBody }) _: z.output<typeof schemas.noBody>,
    @Actor() actor: ActorIdentity,
    @InLanguage() language: Language,
  ): Promise<schemas.ActAnswer> {
    return this.perform('resume', id, actor, language);
  }

  @Post('targets/:id/quarantine')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send nothing more to a target with which something is wrong' })
  @ApiOkResponse({ standardSchema: schemas.actAnswer })
  quarantine(
    @Param({ schema: schemas.targetPath }) { id }: TargetPath,
    @Body({ schema: schemas.quarantineBody }) { reason }: z.output<typeof schemas.quarantineBody>,
    @Actor() actor: ActorIdentity,
    @InLanguage() language: Language,
  ): Promise<schemas.ActAnswer> {
    return this.perform('quarantine', id, actor, language, reason);
  }

  @Post('targets/:id/release')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let a target out of quarantine' })
  @ApiOkResponse({ standardSchema: schemas.actAnswer })
  release(
    @Param({ schema: schemas.targetPath }) { id }: TargetPath,
    @Body({ schema: schemas.noBody }) _: z.output<typeof schemas.noBody>,
    @Actor() actor: ActorIdentity,
    @InLanguage() language: Language,
  ): Promise<schemas.ActAnswer> {
    return this.perform('release', id, actor, language);
  }

  @Post('targets/:id/resync')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send each record of a target once more' })
  @ApiOkResponse({ standardSchema: schemas.actAnswer })
  resync(
    @Param({ schema: schemas.targetPath }) { id }: TargetPath,
    @Body({ schema: schemas.noBody }) _: z.output<typeof schemas.noBody>,
    @Actor() actor: ActorIdentity,
    @InLanguage() language: Language,
  ): Promise<schemas.ActAnswer> {
    return this.perform('resync', id, actor, language);
  }

  @Post('targets/:id/skip')
  @HttpCode(200)
  @ApiOperation({ summary: 'Exclude a code at a target until it is unskipped' })
  @ApiOkResponse({ standardSchema: schemas.skipAnswer })
  async skip(
    @Param({ schema: schemas.targetPath }) { id }: TargetPath,
    @Body({ schema: schemas.skipBody }) { code, reason }: z.output<typeof schemas.skipBody>,
    @Actor() actor: ActorIdentity,
  ): Promise<z.infer<typeof schemas.skipAnswer>> {
    const done = { action: 'code-skipped', subject: `target/${id}`, details: { code, reason } };
    return orProblem(
      await audited(this.db, actor, done, (transaction) => skip(transaction, id, code, reason)),
    );
  }

  @Post('targets/:id/unskip')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send a code again that was skipped' })
  @ApiOkResponse({ standardSchema: schemas.unskipAnswer })
  async unskip(
    @Param({ schema: schemas.targetPath }) { id }: TargetPath,
    @Body({ schema: schemas.unskipBody }) { code }: z.output<typeof schemas.unskipBody>,
    @Actor() actor: ActorIdentity,
  ): Promise<z.infer<typeof schemas.unskipAnswer>> {
    const done = { action: 'code-unskipped', subject: `target/${id}`, details: { code } };
    return orProblem(await audited(this.db, actor, done, (transaction) => unskip(transaction, id, code)));
  }

  @Post('targets/acts')
  @HttpCode(200)
  @ApiOperation({ summary: 'The same act for all targets that match, or how many they are' })
  @ApiOkResponse({ standardSchema: schemas.manyAnswer })
  async actOnMany(
    @Body({ schema: schemas.manyBody }) body: z.output<typeof schemas.manyBody>,
    @Actor() actor: ActorIdentity,
  ): Promise<z.infer<typeof schemas.manyAnswer>> {
    const { act: deed, filter, reason = '', dryRun } = body;
    if (dryRun) return { done: false, targets: (await findMatching(this.db, filter)).length };
    return { done: true, ...(await actOnMany(this.db, actor, filter, deed, reason)) };
  }

  private async perform(
    deed: DeedName,
    id: string,
    actor: ActorIdentity,
    language: Language,
    reason = '',
  ): Promise<schemas.ActAnswer> {
    const { action } = deeds[deed];
    const done = { action, subject: `target/${id}`, ...(reason && { details: { reason } }) };
    const { changed } = orProblem(
      await audited(
        this.db,
        actor,
        done,
        (transaction, personId) => act(transaction, deed, id, reason, personId),
        (result) => result.changed,
      ),
    );
    return { ...(await answerTarget(this.db, id, language)), changed };
  }
}
