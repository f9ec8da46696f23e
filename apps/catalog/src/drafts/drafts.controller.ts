import {
  draftAnswerSchema,
  draftPathSchema,
  editsSchema,
  openDraftSchema,
  reviewAnswerSchema,
  schemePathSchema,
} from '#contracts';
import { Actor, ApiIfMatch, IfMatch, inTransaction, orProblem, RequireRole, versionTag } from '#platform';
import { Body, Controller, Delete, Get, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { PersonPipe } from '../audit/person.pipe.ts';
import type { PersonId } from '../audit/person.ts';
import { answerDraft, type DraftView } from './draft-view.ts';
import { editDraft } from './edit-draft.ts';
import { findDraft } from './find-draft.ts';
import { setState } from '../review/set-state.ts';
import { openDraft } from './open-draft.ts';
import { reviewDraft } from './review-draft.ts';
import type { Review } from './review.ts';

type DraftPath = z.output<typeof draftPathSchema>;

@ApiTags('drafts')
@RequireRole('editor', 'approver')
@Controller('api/v1')
export class DraftsController {
  constructor(private readonly db: DataSource) {}

  @Post('schemes/:scheme/drafts')
  @RequireRole('editor')
  @ApiOperation({ summary: 'Open a draft on the revision in force' })
  @ApiCreatedResponse({ standardSchema: draftAnswerSchema })
  async openDraft(
    @Param({ schema: schemePathSchema }) { scheme }: z.output<typeof schemePathSchema>,
    @Body({ schema: openDraftSchema }) { edition }: z.output<typeof openDraftSchema>,
    @Actor(PersonPipe) by: PersonId,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftView> {
    const opened = await inTransaction(this.db, (transaction) =>
      openDraft(transaction, scheme, by, edition && { edition }),
    );
    return answerDraft(reply, orProblem(opened));
  }

  @Get('drafts/:draft')
  @ApiOperation({ summary: 'A draft' })
  @ApiOkResponse({ standardSchema: draftAnswerSchema })
  async getDraft(
    @Param({ schema: draftPathSchema }) { draft }: DraftPath,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftView> {
    return answerDraft(reply, orProblem(await findDraft(this.db.manager, draft)));
  }

  @Get('drafts/:draft/review')
  @ApiOperation({
    summary:
      'What publishing the draft would change, what is wrong with it, and the content hash it would have',
  })
  @ApiOkResponse({ standardSchema: reviewAnswerSchema })
  async reviewDraft(
    @Param({ schema: draftPathSchema }) { draft }: DraftPath,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Review> {
    const found = orProblem(await findDraft(this.db.manager, draft));
    void reply.header('etag', versionTag(found.version));
    return reviewDraft(this.db, found);
  }

  @Patch('drafts/:draft/entries')
  @RequireRole('editor')
  @ApiIfMatch()
  @ApiOperation({ summary: 'Create, change and retire entries of a draft, all of them or none' })
  @ApiOkResponse({ standardSchema: draftAnswerSchema })
  async editDraft(
    @Param({ schema: draftPathSchema }) { draft }: DraftPath,
    @Body({ schema: editsSchema }) { edits }: z.output<typeof editsSchema>,
    @Actor(PersonPipe) by: PersonId,
    @IfMatch() ifMatch: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftView> {
    return answerDraft(reply, orProblem(await editDraft(this.db, draft, edits, by, ifMatch)));
  }

  @Delete('drafts/:draft')
  @RequireRole('editor')
  @ApiIfMatch()
  @ApiOperation({ summary: 'Give up a draft' })
  @ApiOkResponse({ standardSchema: draftAnswerSchema })
  async discardDraft(
    @Param({ schema: draftPathSchema }) { draft }: DraftPath,
    @Actor(PersonPipe) by: PersonId,
    @IfMatch() ifMatch: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftView> {
    return answerDraft(reply, orProblem(await setState(this.db, draft, by, { action: 'discard', ifMatch })));
  }
}
