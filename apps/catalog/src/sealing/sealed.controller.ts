import {
  changesPageSchema,
  schemePathSchema,
  sealedAnswerSchema,
  sealedChangesAnswerSchema,
  sealedPathSchema,
  type ReleasedSet,
} from '#contracts';
import { orProblem } from '#platform';
import type { Change } from '#taxonomy';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { findScheme } from '../schemes/find-scheme.ts';
import { readReleased, readSealedChanges, readSealedViews, type SealedView } from './read-sealed.ts';

@ApiTags('reading')
@Controller('api/v1/schemes/:scheme/sealed')
export class SealedController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @ApiOperation({
    summary:
      'Approved sets that wait for their day, in the order in which they come into force; and those that went back to a person',
  })
  @ApiOkResponse({ standardSchema: sealedAnswerSchema })
  async getSealed(
    @Param({ schema: schemePathSchema }) { scheme }: z.output<typeof schemePathSchema>,
  ): Promise<{ items: SealedView[]; released: ReleasedSet[] }> {
    orProblem(await findScheme(this.db.manager, scheme));
    return {
      items: await readSealedViews(this.db, scheme),
      released: await readReleased(this.db, scheme),
    };
  }

  @Get(':set/changes')
  @ApiOperation({ summary: 'What a sealed set will change on its day, on top of those before it' })
  @ApiOkResponse({ standardSchema: sealedChangesAnswerSchema })
  async getChanges(
    @Param({ schema: sealedPathSchema }) { scheme, set }: z.output<typeof sealedPathSchema>,
    @Query({ schema: changesPageSchema }) page: z.output<typeof changesPageSchema>,
  ): Promise<{ items: Change[]; next: number | null }> {
    return orProblem(await readSealedChanges(this.db, scheme, set, page));
  }
}
