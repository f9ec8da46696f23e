import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import {
  draftPathSchema,
  impactAnswerSchema,
  usageQuerySchema,
  type ImpactAnswer,
  type UsageQuery,
} from '#contracts';
import { InLanguage, orProblem, RequireRole } from '#platform';
import type { Language } from '#words';
import { findDraft } from '../drafts/find-draft.ts';
import { ConnectorClient } from './connector-client.ts';
import { draftImpact } from './draft-impact.ts';

@ApiTags('drafts')
@Controller('api/v1/drafts/:draft')
export class ImpactController {
  constructor(
    private readonly db: DataSource,
    @Inject(ConnectorClient) private readonly connector: ConnectorClient,
  ) {}

  @Get('impact')
  @RequireRole('editor', 'approver')
  @ApiOperation({
    summary:
      'What publishing the draft means for the targets of each profile, and how much of theirs uses what it touches',
  })
  @ApiOkResponse({ standardSchema: impactAnswerSchema })
  async getImpact(
    @Param({ schema: draftPathSchema }) { draft }: z.output<typeof draftPathSchema>,
    @Query({ schema: usageQuerySchema }) page: UsageQuery,
    @Headers('authorization') authorization: string,
    @InLanguage() language: Language,
  ): Promise<ImpactAnswer> {
    const found = orProblem(await findDraft(this.db.manager, draft));
    return draftImpact(this.db.manager, this.connector, found, page, { authorization, language });
  }
}
