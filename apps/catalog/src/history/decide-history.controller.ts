import {
  draftAnswerSchema,
  draftPathSchema,
  historyPlacementSchema,
  type HistoryPlacement,
} from '#contracts';
import { Actor, ApiIfMatch, IfMatch, orProblem, RequireRole } from '#platform';
import { Body, Controller, Delete, Param, Put, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { PersonPipe } from '../audit/person.pipe.ts';
import type { PersonId } from '../audit/person.ts';
import { answerDraft, type DraftView } from '../drafts/draft-view.ts';
import { decideHistory, forgetHistory } from './decide-history.ts';

type DraftPath = z.output<typeof draftPathSchema>;

@ApiTags('history')
@RequireRole('editor')
@Controller('api/v1/drafts/:draft/history')
export class DecideHistoryController {
  constructor(private readonly db: DataSource) {}

  @Put()
  @ApiIfMatch()
  @ApiOperation({
    summary:
      'Say that a draft is a historical edition: from which day, and who takes the place of what ended, or nobody',
  })
  @ApiOkResponse({ standardSchema: draftAnswerSchema })
  async decideHistory(
    @Param({ schema: draftPathSchema }) { draft: draftId }: DraftPath,
    @Body({ schema: historyPlacementSchema }) placement: HistoryPlacement,
    @Actor(PersonPipe) by: PersonId,
    @IfMatch() ifMatch: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftView> {
    return answerDraft(reply, orProblem(await decideHistory(this.db, { draftId, by, ifMatch }, placement)));
  }

  @Delete()
  @ApiIfMatch()
  @ApiOperation({ summary: 'Take back that a draft is a historical edition' })
  @ApiOkResponse({ standardSchema: draftAnswerSchema })
  async forgetHistory(
    @Param({ schema: draftPathSchema }) { draft: draftId }: DraftPath,
    @Actor(PersonPipe) by: PersonId,
    @IfMatch() ifMatch: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftView> {
    return answerDraft(reply, orProblem(await forgetHistory(this.db, { draftId, by, ifMatch })));
  }
}
