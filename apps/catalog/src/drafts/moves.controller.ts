import { draftPathSchema, moveAnswerSchema, moveSchema, previewSchema } from '#contracts';
import { Actor, ApiIfMatch, ifMatchOf, isRefusal, orProblem, RequireRole } from '#platform';
import { Body, Controller, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { PersonPipe } from '../audit/person.pipe.ts';
import type { PersonId } from '../audit/person.ts';
import { changeDraft } from './change-draft.ts';
import { answerDraft, type DraftView } from './draft-view.ts';
import { findDraft } from './find-draft.ts';
import { moveBranch, planMove, type MovePlan } from './move-branch.ts';

@ApiTags('drafts')
@RequireRole('editor', 'approver')
@Controller('api/v1/drafts/:draft/moves')
export class MovesController {
  constructor(private readonly db: DataSource) {}

  @Post()
  @HttpCode(200)
  @RequireRole('editor')
  @ApiIfMatch({ unless: 'a preview' })
  @ApiOperation({
    summary:
      'Move a branch below another parent or under another code, with all that stands below it; or preview it',
  })
  @ApiOkResponse({ standardSchema: moveAnswerSchema })
  async moveBranch(
    @Param({ schema: draftPathSchema }) { draft: draftId }: z.output<typeof draftPathSchema>,
    @Query({ schema: previewSchema }) { preview }: z.output<typeof previewSchema>,
    @Body({ schema: moveSchema }) move: z.output<typeof moveSchema>,
    @Actor(PersonPipe) by: PersonId,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MovePlan & { draft: DraftView }> {
    if (preview === 'true') {
      const draft = orProblem(await findDraft(this.db.manager, draftId));
      const plan = orProblem(await planMove(this.db, draft, move));
      return { draft: answerDraft(reply, draft), ...plan };
    }
    let plan: MovePlan | undefined;
    const change = { draftId, by, ifMatch: ifMatchOf(request) };
    const changed = await changeDraft(this.db, change, async (transaction, draft) => {
      const planned = await planMove(transaction, draft, move);
      if (isRefusal(planned)) return planned;
      plan = planned;
      return moveBranch(transaction, draft, planned, by);
    });
    const draft = answerDraft(reply, orProblem(changed));
    if (!plan) throw new Error('a move that was made was planned');
    return { draft, ...plan };
  }
}
