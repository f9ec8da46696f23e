import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { targetStatusSchema, type TargetStatus } from '#contracts';
import { Actor, InLanguage, orProblem, RequireRole, type ActorIdentity } from '#platform';
import type { Language } from '#words';
import { audited } from '../audit/audited.ts';
import { answerTarget } from '../operations/answer-target.ts';
import { targetPath } from '../operations/schemas.ts';
import { releaseHold } from './release-hold.ts';
import { releaseHoldBody, type ReleaseHoldBody } from './schemas.ts';

type TargetPath = z.output<typeof targetPath>;

@ApiTags('guards')
@Controller('api/v1/targets')
export class HoldsController {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  @Post(':id/hold/release')
  @HttpCode(200)
  @RequireRole('operator')
  @ApiOperation({ summary: 'Let a target do what it is held for, as much as was seen and no more' })
  @ApiOkResponse({ standardSchema: targetStatusSchema })
  async release(
    @Param({ schema: targetPath }) { id }: TargetPath,
    @Body({ schema: releaseHoldBody }) { reason, ...seen }: ReleaseHoldBody,
    @Actor() actor: ActorIdentity,
    @InLanguage() language: Language,
  ): Promise<TargetStatus> {
    const act = { action: 'hold-released', subject: `target/${id}`, details: { reason, ...seen } };
    orProblem(await audited(this.db, actor, act, (transaction) => releaseHold(transaction, id, seen, actor)));
    return answerTarget(this.db, id, language);
  }
}
