import {
  acknowledgementsAnswerSchema,
  acknowledgementsSchema,
  approvalSchema,
  draftAnswerSchema,
  draftPathSchema,
  rejectionSchema,
  warningsAnswerSchema,
  withdrawalSchema,
} from '#contracts';
import { Actor, InLanguage, orProblem, RequireRole } from '#platform';
import { spoken, type Language, type Spoken } from '#words';
import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { PersonPipe } from '../audit/person.pipe.ts';
import type { PersonId } from '../audit/person.ts';
import { answerDraft, type DraftView } from '../drafts/draft-view.ts';
import { ConnectorClient } from '../impact/connector-client.ts';
import { planBy } from '../impact/plan-of-draft.ts';
import { acknowledge, type Acknowledgement } from './acknowledge.ts';
import { approve } from './approve.ts';
import { withdraw } from '../sealing/publish-or-seal.ts';
import { listWarnings, type NamedWarning } from './list-warnings.ts';
import { setState } from './set-state.ts';
import { submit } from './submit.ts';

type DraftPath = z.output<typeof draftPathSchema>;

@ApiTags('review')
@Controller('api/v1/drafts/:draft')
export class ReviewController {
  constructor(
    private readonly db: DataSource,
    @Inject(ConnectorClient) private readonly connector: ConnectorClient,
  ) {}

  @Get('warnings')
  @RequireRole('editor', 'approver')
  @ApiOperation({ summary: 'Warnings that the draft brings, by name, and who has acknowledged them' })
  @ApiOkResponse({ standardSchema: warningsAnswerSchema })
  async getWarnings(
    @Param({ schema: draftPathSchema }) { draft }: DraftPath,
    @InLanguage() language: Language,
  ): Promise<{ items: Spoken<NamedWarning>[] }> {
    return { items: spoken(orProblem(await listWarnings(this.db, draft)), language) };
  }

  @Post('acknowledgements')
  @HttpCode(200)
  @RequireRole('editor', 'approver')
  @ApiOperation({ summary: 'Acknowledge warnings of a draft by their names' })
  @ApiOkResponse({ standardSchema: acknowledgementsAnswerSchema })
  async acknowledge(
    @Param({ schema: draftPathSchema }) { draft }: DraftPath,
    @Body({ schema: acknowledgementsSchema }) { findings }: z.output<typeof acknowledgementsSchema>,
    @Actor(PersonPipe) by: PersonId,
  ): Promise<{ items: Acknowledgement[] }> {
    return { items: orProblem(await acknowledge(this.db, draft, findings, by)) };
  }

  @Post('submission')
  @HttpCode(200)
  @RequireRole('editor')
  @ApiOperation({
    summary:
      'Submit a draft for approval: the whole map is checked, its content hash frozen, and its plan by profile with it',
  })
  @ApiOkResponse({ standardSchema: draftAnswerSchema })
  async submit(
    @Param({ schema: draftPathSchema }) { draft }: DraftPath,
    @Actor(PersonPipe) by: PersonId,
    @Headers('authorization') authorization: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftView> {
    const planOf = planBy(this.db.manager, this.connector, authorization);
    return answerDraft(reply, orProblem(await submit(this.db, draft, by, planOf)));
  }

  @Post('approval')
  @HttpCode(200)
  @RequireRole('approver')
  @ApiOperation({
    summary: 'Approve a submitted draft, named by the hash of the submission that you have looked at',
  })
  @ApiOkResponse({ standardSchema: draftAnswerSchema })
  async approve(
    @Param({ schema: draftPathSchema }) { draft }: DraftPath,
    @Body({ schema: approvalSchema }) { submissionHash }: z.output<typeof approvalSchema>,
    @Actor(PersonPipe) by: PersonId,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftView> {
    return answerDraft(reply, orProblem(await approve(this.db, { draftId: draft, by, submissionHash })));
  }

  @Post('rejection')
  @HttpCode(200)
  @RequireRole('approver')
  @ApiOperation({ summary: 'Reject a draft that was submitted or approved, with the reason' })
  @ApiOkResponse({ standardSchema: draftAnswerSchema })
  async reject(
    @Param({ schema: draftPathSchema }) { draft }: DraftPath,
    @Body({ schema: rejectionSchema }) { reason }: z.output<typeof rejectionSchema>,
    @Actor(PersonPipe) by: PersonId,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftView> {
    return answerDraft(reply, orProblem(await setState(this.db, draft, by, { action: 'reject', reason })));
  }

  @Post('withdrawal')
  @HttpCode(200)
  @RequireRole('editor', 'approver')
  @ApiOperation({ summary: 'Take back a draft that was submitted, approved or sealed' })
  @ApiOkResponse({ standardSchema: draftAnswerSchema })
  async withdraw(
    @Param({ schema: draftPathSchema }) { draft }: DraftPath,
    @Body({ schema: withdrawalSchema }) { reason }: z.output<typeof withdrawalSchema>,
    @Actor(PersonPipe) by: PersonId,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftView> {
    return answerDraft(reply, orProblem(await withdraw(this.db, draft, by, { reason, now: new Date() })));
  }
}
