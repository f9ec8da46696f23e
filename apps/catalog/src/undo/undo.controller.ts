import { draftAnswerSchema, revisionPathSchema } from '#contracts';
import { Actor, orProblem, RequireRole } from '#platform';
import { Controller, Param, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { PersonPipe } from '../audit/person.pipe.ts';
import type { PersonId } from '../audit/person.ts';
import { answerDraft, type DraftView } from '../drafts/draft-view.ts';
import { SchemeHistories } from '../resolve/scheme-histories.ts';
import { openInverse, type Undoing } from './open-inverse.ts';

type RevisionPath = z.output<typeof revisionPathSchema>;

@ApiTags('drafts')
@Controller('api/v1/schemes/:scheme/revisions/:revision')
export class UndoController {
  constructor(
    private readonly db: DataSource,
    private readonly histories: SchemeHistories,
  ) {}

  @Post('rollback')
  @RequireRole('editor')
  @ApiOperation({ summary: 'Open a draft that leads back to a revision: the inverse of everything since' })
  @ApiCreatedResponse({ standardSchema: draftAnswerSchema })
  openRollback(
    @Param({ schema: revisionPathSchema }) path: RevisionPath,
    @Actor(PersonPipe) by: PersonId,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftView> {
    return this.open(path, { undo: 'back-to', by }, reply);
  }

  @Post('undo')
  @RequireRole('editor')
  @ApiOperation({
    summary: 'Open a draft that undoes one revision alone, as an erratum',
    description:
      'It stands on that revision (`baseRevision`), as if nothing came after. Where another one is in force, rebase it before it is submitted.',
  })
  @ApiCreatedResponse({ standardSchema: draftAnswerSchema })
  openUndo(
    @Param({ schema: revisionPathSchema }) path: RevisionPath,
    @Actor(PersonPipe) by: PersonId,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftView> {
    return this.open(path, { undo: 'only', by }, reply);
  }

  private async open(
    { scheme, revision }: RevisionPath,
    asked: Pick<Undoing, 'undo' | 'by'>,
    reply: FastifyReply,
  ): Promise<DraftView> {
    const history = orProblem(await this.histories.get(scheme));
    return answerDraft(reply, orProblem(await openInverse(this.db, { ...asked, history, revision })));
  }
}
