import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Actor, InLanguage, orProblem, RequireRole, type ActorIdentity } from '#platform';
import { spoken, type Language } from '#words';
import { audited } from '../audit/audited.ts';
import { readSealedRehearsal, readSealedSets, rehearseNow } from './read-sealed.ts';
import * as schemas from './schemas.ts';

type SetPath = z.output<typeof schemas.setPath>;

/** Approved sets that wait for their day, and what targets would refuse of them. */
@ApiTags('rehearsal')
@Controller('api/v1/sealed')
export class SealedController {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  @Get()
  @ApiOperation({
    summary: 'The sealed sets, when each was last rehearsed, and how many targets would refuse something',
  })
  @ApiOkResponse({ standardSchema: schemas.sealedSetsAnswer })
  async getSets(): Promise<{ items: schemas.SealedSet[] }> {
    return { items: await readSealedSets(this.db) };
  }

  @Get(':set/rehearsal')
  @ApiOperation({
    summary: 'What targets would refuse of a sealed set, and who could not be asked, in pages',
  })
  @ApiOkResponse({ standardSchema: schemas.sealedRehearsalAnswer })
  async getRehearsal(
    @Param({ schema: schemas.setPath }) { set }: SetPath,
    @Query({ schema: schemas.rehearsalQuery }) page: z.output<typeof schemas.rehearsalQuery>,
    @InLanguage() language: Language,
  ): Promise<schemas.SealedRehearsal> {
    return spoken(orProblem(await readSealedRehearsal(this.db, set, page)), language);
  }

  @Post(':set/rehearsal')
  @HttpCode(202)
  @RequireRole('operator')
  @ApiOperation({ summary: 'Rehearse a sealed set on all targets now' })
  @ApiAcceptedResponse({ standardSchema: schemas.sealedSetsAnswer })
  async rehearse(
    @Param({ schema: schemas.setPath }) { set }: SetPath,
    @Actor() actor: ActorIdentity,
  ): Promise<{ items: schemas.SealedSet[] }> {
    const act = { action: 'sealed-rehearsal-asked', subject: `sealed/${set}` };
    orProblem(await audited(this.db, actor, act, (transaction) => rehearseNow(transaction, set)));
    return { items: await readSealedSets(this.db, set) };
  }
}
