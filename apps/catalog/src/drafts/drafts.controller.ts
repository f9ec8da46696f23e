import {
  draftAnswerSchema,
  draftPathSchema,
  draftsAnswerSchema,
  draftsPageSchema,
  openDraftSchema,
  reviewAnswerSchema,
  schemePathSchema,
} from '#contracts';
import {
  Actor,
  ApiIfMatch,
  IfMatch,
  InLanguage,
  inTransaction,
  orProblem,
  RequireRole,
  versionTag,
} from '#platform';
import type { Finding } from '#taxonomy';
import { spoken, type Language, type Spoken } from '#words';
import { Body, Controller, Delete, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { PersonPipe } from '../audit/person.pipe.ts';
import type { PersonId } from '../audit/person.ts';
import { placementOf } from '../history/placement.ts';
import { reviewHistory } from '../history/review-history.ts';
import { statedEdition } from '../publication/stated-edition.ts';
import { setState } from '../review/set-state.ts';
import { findScheme } from '../schemes/find-scheme.ts';
import { answerDraft, type DraftView } from './draft-view.ts';
import { findDraft } from './find-draft.ts';
import { listDrafts } from './list-drafts.ts';
import { openDraft } from './open-draft.ts';
import { readReasons, type Reason } from './reasons.ts';
import { reviewDraft } from './review-draft.ts';
import type { Review } from './review.ts';

type SpokenReview = Omit<Review, 'findings'> & { readonly findings: Spoken<Finding[]> };
type DraftPath = z.output<typeof draftPathSchema>;

@ApiTags('drafts')
@RequireRole('editor', 'approver')
@Controller('api/v1')
export class DraftsController {
  constructor(private readonly db: DataSource) {}

  @Post('schemes/:scheme/drafts')
  @RequireRole('editor')
  @ApiOperation({
    summary:
      'Open a draft on the revision in force; of an edition that was valid before the lowest revision, on that one',
  })
  @ApiCreatedResponse({ standardSchema: draftAnswerSchema })
  async openDraft(
    @Param({ schema: schemePathSchema }) { scheme }: z.output<typeof schemePathSchema>,
    @Body({ schema: openDraftSchema }) { edition }: z.output<typeof openDraftSchema>,
    @Actor(PersonPipe) by: PersonId,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftView> {
    const opened = await inTransaction(this.db, async (transaction) =>
      openDraft(
        transaction,
        scheme,
        by,
        edition && { edition: await statedEdition(transaction, scheme, edition, 'none') },
      ),
    );
    return answerDraft(reply, orProblem(opened));
  }

  @Get('schemes/:scheme/drafts')
  @ApiOperation({ summary: 'Drafts of a scheme, the newest first; of one state when it is named' })
  @ApiOkResponse({ standardSchema: draftsAnswerSchema })
  async getDrafts(
    @Param({ schema: schemePathSchema }) { scheme }: z.output<typeof schemePathSchema>,
    @Query({ schema: draftsPageSchema }) page: z.output<typeof draftsPageSchema>,
  ): Promise<{ items: DraftView[]; next: string | null }> {
    orProblem(await findScheme(this.db.manager, scheme));
    return listDrafts(this.db.manager, scheme, page);
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
    @InLanguage() language: Language,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SpokenReview & { reasons: Reason[] }> {
    const found = orProblem(await findDraft(this.db.manager, draft));
    void reply.header('etag', versionTag(found.version));
    const placement = placementOf(found);
    const { changes, findings, contentHash } = placement
      ? await reviewHistory(this.db.manager, found, placement)
      : await reviewDraft(this.db, found);
    const reasons = await readReasons(this.db, draft);
    return { changes, contentHash, reasons, findings: spoken([...findings], language) };
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
