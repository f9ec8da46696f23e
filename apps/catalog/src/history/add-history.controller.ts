import { addHistorySchema, revisionAnswerSchema, schemePathSchema, type RevisionAnswer } from '#contracts';
import { Actor, orProblem, RequireRole } from '#platform';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { PersonPipe } from '../audit/person.pipe.ts';
import type { PersonId } from '../audit/person.ts';
import { readRevision } from '../reading/revision-view.ts';
import { addHistory } from './add-history.ts';

@ApiTags('history')
@Controller('api/v1/schemes/:scheme/history')
export class AddHistoryController {
  constructor(private readonly db: DataSource) {}

  @Post()
  @RequireRole('administrator')
  @ApiOperation({
    summary:
      'Place the edition of an approved draft before the first revision, so that its codes can be resolved',
  })
  @ApiCreatedResponse({ standardSchema: revisionAnswerSchema })
  async addHistory(
    @Param({ schema: schemePathSchema }) { scheme }: z.output<typeof schemePathSchema>,
    @Body({ schema: addHistorySchema }) { draft }: z.output<typeof addHistorySchema>,
    @Actor(PersonPipe) by: PersonId,
  ): Promise<RevisionAnswer> {
    const added = orProblem(await addHistory(this.db, { schemeId: scheme, draftId: draft, by }));
    return readRevision(this.db.manager, scheme, added.number);
  }
}
