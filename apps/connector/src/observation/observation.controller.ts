import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { targetStatusSchema, type TargetStatus } from '#contracts';
import { Actor, InLanguage, orProblem, RequireRole, type ActorIdentity } from '#platform';
import { withReasonIn, type Language } from '#words';
import { DriverCabinet } from '../delivery/driver-cabinet.ts';
import { answerTarget } from '../operations/answer-target.ts';
import { targetPath } from '../operations/schemas.ts';
import { activate } from './activate.ts';
import { adopt } from './adopt.ts';
import { observe } from './observe.ts';
import * as schemas from './schemas.ts';

type TargetPath = z.output<typeof targetPath>;

/** Reading a target to its end may take so long. */
const longestLookMs = 120_000;

@ApiTags('observation')
@Controller('api/v1')
export class ObservationController {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(DriverCabinet) private readonly drivers: DriverCabinet,
  ) {}

  @Get('targets/:id/observation')
  @RequireRole('operator', 'administrator')
  @ApiOperation({ summary: 'Read a target, and say what would be adopted, asked, created and refused' })
  @ApiOkResponse({ standardSchema: schemas.observationAnswer })
  async observe(
    @Param({ schema: targetPath }) { id }: TargetPath,
    @InLanguage() language: Language,
  ): Promise<schemas.Observation> {
    const signal = AbortSignal.timeout(longestLookMs);
    const seen = orProblem(await observe(this.db, this.drivers, id, signal));
    return { ...seen, refused: seen.refused.map(withReasonIn(language)) };
  }

  @Post('targets/:id/activation')
  @HttpCode(200)
  @RequireRole('operator')
  @ApiOperation({ summary: 'Turn a target on, with what was decided of the records that it already has' })
  @ApiOkResponse({ standardSchema: targetStatusSchema })
  async activate(
    @Param({ schema: targetPath }) { id }: TargetPath,
    @Body({ schema: schemas.activationBody }) body: schemas.Activation,
    @Actor() actor: ActorIdentity,
    @InLanguage() language: Language,
  ): Promise<TargetStatus> {
    const signal = AbortSignal.timeout(longestLookMs);
    orProblem(await activate(this.db, this.drivers, id, body, actor, signal));
    return answerTarget(this.db, id, language);
  }

  @Post('targets/:id/adopt')
  @HttpCode(200)
  @RequireRole('operator')
  @ApiOperation({
    summary: "Say whose a record is that a target has beside ours: an entry's, or nobody's of ours",
  })
  @ApiOkResponse({ standardSchema: targetStatusSchema })
  async adopt(
    @Param({ schema: targetPath }) { id }: TargetPath,
    @Body({ schema: schemas.adoptionBody }) body: schemas.Adoption,
    @Actor() actor: ActorIdentity,
    @InLanguage() language: Language,
  ): Promise<TargetStatus> {
    const signal = AbortSignal.timeout(longestLookMs);
    orProblem(await adopt(this.db, this.drivers, id, body, actor, signal));
    return answerTarget(this.db, id, language);
  }
}
