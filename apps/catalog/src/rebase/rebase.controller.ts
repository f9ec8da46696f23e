import { conflictsAnswerSchema, draftAnswerSchema, draftPathSchema, rebaseSchema } from '#contracts';
import { Actor, ApiIfMatch, IfMatch, InLanguage, orProblem, RequireRole } from '#platform';
import type { Finding } from '#taxonomy';
import { spoken, type Language, type Spoken } from '#words';
import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { PersonPipe } from '../audit/person.pipe.ts';
import type { PersonId } from '../audit/person.ts';
import { answerDraft, type DraftView } from '../drafts/draft-view.ts';
import { findDraft } from '../drafts/find-draft.ts';
import type { DraftConflict } from '../sealing/conflicts.ts';
import { listConflicts } from './list-conflicts.ts';
import { rebaseDraft } from './rebase-draft.ts';

type DraftPath = z.output<typeof draftPathSchema>;

@ApiTags('drafts')
@Controller('api/v1/drafts/:draft')
export class RebaseController {
  constructor(private readonly db: DataSource) {}

  @Get('conflicts')
  @RequireRole('editor', 'approver')
  @ApiOperation({
    summary:
      'What the draft and the map in force both changed, to be decided by a person, and why else it came back',
  })
  @ApiOkResponse({ standardSchema: conflictsAnswerSchema })
  async getConflicts(
    @Param({ schema: draftPathSchema }) { draft }: DraftPath,
    @InLanguage() language: Language,
  ): Promise<{ items: DraftConflict[]; findings: Spoken<Finding[]> }> {
    const found = orProblem(await findDraft(this.db.manager, draft));
    const items = await listConflicts(this.db.manager, found);
    return { items, findings: spoken([...found.returnedFindings], language) };
  }

  @Post('rebase')
  @HttpCode(200)
  @RequireRole('editor')
  @ApiIfMatch()
  @ApiOperation({
    summary: 'Bring a draft onto what is in force now, deciding what both changed by mine, theirs or a value',
  })
  @ApiOkResponse({ standardSchema: draftAnswerSchema })
  async rebase(
    @Param({ schema: draftPathSchema }) { draft: draftId }: DraftPath,
    @Body({ schema: rebaseSchema }) body: z.output<typeof rebaseSchema>,
    @IfMatch() ifMatch: string,
    @Actor(PersonPipe) by: PersonId,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftView> {
    return answerDraft(reply, orProblem(await rebaseDraft(this.db, { draftId, by, ifMatch, ...body })));
  }
}
