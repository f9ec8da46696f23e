import {
  draftAnswerSchema,
  draftPathSchema,
  editsSchema,
  openDraftSchema,
  reviewAnswerSchema,
  schemePathSchema,
} from '#contracts';
import { Actor, inTransaction, isRefusal, orProblem, RequireRole, type ActorIdentity } from '#platform';
import { Body, Controller, Delete, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { DraftRow } from '../database/entities/draft.entity.ts';
import { draftView, type DraftView } from './draft-view.ts';
import { editDraft } from './edit-draft.ts';
import { findDraft, lockOpenDraft } from './find-draft.ts';
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
    @Actor() actor: ActorIdentity,
  ): Promise<DraftView> {
    return draftView(orProblem(await openDraft(this.db.manager, scheme, actor.id, edition && { edition })));
  }

  @Get('drafts/:draft')
  @ApiOperation({ summary: 'A draft' })
  @ApiOkResponse({ standardSchema: draftAnswerSchema })
  async getDraft(@Param({ schema: draftPathSchema }) { draft }: DraftPath): Promise<DraftView> {
    return draftView(orProblem(await findDraft(this.db.manager, draft)));
  }

  @Get('drafts/:draft/review')
  @ApiOperation({
    summary:
      'What publishing the draft would change, what is wrong with it, and the content hash it would have',
  })
  @ApiOkResponse({ standardSchema: reviewAnswerSchema })
  async reviewDraft(@Param({ schema: draftPathSchema }) { draft }: DraftPath): Promise<Review> {
    return reviewDraft(this.db, orProblem(await findDraft(this.db.manager, draft)));
  }

  @Patch('drafts/:draft/entries')
  @RequireRole('editor')
  @ApiOperation({ summary: 'Create, change and retire entries of a draft, all of them or none' })
  @ApiOkResponse({ standardSchema: draftAnswerSchema })
  async editDraft(
    @Param({ schema: draftPathSchema }) { draft }: DraftPath,
    @Body({ schema: editsSchema }) { edits }: z.output<typeof editsSchema>,
  ): Promise<DraftView> {
    return draftView(orProblem(await editDraft(this.db, draft, edits)));
  }

  @Delete('drafts/:draft')
  @RequireRole('editor')
  @ApiOperation({ summary: 'Give up a draft' })
  @ApiOkResponse({ standardSchema: draftAnswerSchema })
  async discardDraft(@Param({ schema: draftPathSchema }) { draft }: DraftPath): Promise<DraftView> {
    const discarded = await inTransaction(this.db, async (transaction) => {
      const found = await lockOpenDraft(transaction, draft);
      if (isRefusal(found)) return found;
      await transaction.update(DraftRow, { id: draft }, { state: 'discarded' });
      return transaction.findOneByOrFail(DraftRow, { id: draft });
    });
    return draftView(orProblem(discarded));
  }
}
