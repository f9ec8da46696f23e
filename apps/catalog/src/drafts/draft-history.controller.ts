import { draftAnswerSchema, draftEditsAnswerSchema, draftPathSchema } from '#contracts';
import { Actor, ApiIfMatch, IfMatch, orProblem, RequireRole, versionTag } from '#platform';
import { Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { PersonPipe } from '../audit/person.pipe.ts';
import type { PersonId } from '../audit/person.ts';
import { answerDraft, type DraftView } from './draft-view.ts';
import { findDraft } from './find-draft.ts';
import { listEdits, type EditView } from './list-edits.ts';
import { redoEdit, undoEdit } from './undo-edit.ts';

type DraftPath = z.output<typeof draftPathSchema>;

@ApiTags('drafts')
@RequireRole('editor', 'approver')
@Controller('api/v1/drafts/:draft')
export class DraftHistoryController {
  constructor(private readonly db: DataSource) {}

  @Get('edits')
  @ApiOperation({ summary: 'Edits of a draft that can be taken back or done again, the newest first' })
  @ApiOkResponse({ standardSchema: draftEditsAnswerSchema })
  async getDraftEdits(
    @Param({ schema: draftPathSchema }) { draft }: DraftPath,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ items: EditView[] }> {
    const { version } = orProblem(await findDraft(this.db.manager, draft));
    void reply.header('etag', versionTag(version));
    return { items: await listEdits(this.db, draft) };
  }

  @Post('undo')
  @HttpCode(200)
  @RequireRole('editor')
  @ApiIfMatch()
  @ApiOperation({ summary: 'Take back the last edit that still stands' })
  @ApiOkResponse({ standardSchema: draftAnswerSchema })
  async undoDraftEdit(
    @Param({ schema: draftPathSchema }) { draft }: DraftPath,
    @Actor(PersonPipe) by: PersonId,
    @IfMatch() ifMatch: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftView> {
    return answerDraft(reply, orProblem(await undoEdit(this.db, { draftId: draft, by, ifMatch })));
  }

  @Post('redo')
  @HttpCode(200)
  @RequireRole('editor')
  @ApiIfMatch()
  @ApiOperation({ summary: 'Do again what was taken back last' })
  @ApiOkResponse({ standardSchema: draftAnswerSchema })
  async redoDraftEdit(
    @Param({ schema: draftPathSchema }) { draft }: DraftPath,
    @Actor(PersonPipe) by: PersonId,
    @IfMatch() ifMatch: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftView> {
    return answerDraft(reply, orProblem(await redoEdit(this.db, { draftId: draft, by, ifMatch })));
  }
}
