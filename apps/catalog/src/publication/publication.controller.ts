import { draftPathSchema, inForceEventSchema, publishSchema, type InForceEvent } from '#contracts';
import { Actor, orProblem, RequireRole } from '#platform';
import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { PersonPipe } from '../audit/person.pipe.ts';
import type { PersonId } from '../audit/person.ts';
import { readRevision } from '../reading/revision-view.ts';
import { effectiveDateOf } from './effective-date.ts';
import { publish } from './publish.ts';

@ApiTags('publication')
@Controller('api/v1/drafts/:draft/publication')
export class PublicationController {
  constructor(private readonly db: DataSource) {}

  @Post()
  @HttpCode(200)
  @RequireRole('approver')
  @ApiOperation({ summary: 'Publish a draft: it becomes the revision in force' })
  @ApiOkResponse({ standardSchema: inForceEventSchema })
  async publishDraft(
    @Param({ schema: draftPathSchema }) { draft }: z.output<typeof draftPathSchema>,
    @Body({ schema: publishSchema }) asked: z.output<typeof publishSchema>,
    @Actor(PersonPipe) by: PersonId,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InForceEvent> {
    const effectiveDate = orProblem(effectiveDateOf(asked.effectiveDate, new Date()));
    const { revision, committedAtMs } = orProblem(
      await publish(this.db, { draftId: draft, by, effectiveDate }),
    );
    void reply.header('server-timing', `commit;desc="${committedAtMs.toFixed(3)}"`);
    return readRevision(this.db.manager, revision.schemeId, revision.number);
  }
}
