import {
  draftPathSchema,
  inForceEventSchema,
  publishSchema,
  sealedEventSchema,
  type InForceEvent,
  type SealedEvent,
} from '#contracts';
import { Actor, orProblem, RequireRole } from '#platform';
import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { PersonPipe } from '../audit/person.pipe.ts';
import type { PersonId } from '../audit/person.ts';
import { readRevision } from '../reading/revision-view.ts';
import { publishOrSeal } from '../sealing/publish-or-seal.ts';

@ApiTags('publication')
@Controller('api/v1/drafts/:draft/publication')
export class PublicationController {
  constructor(private readonly db: DataSource) {}

  @Post()
  @HttpCode(200)
  @RequireRole('approver')
  @ApiOperation({
    summary:
      'Publish an approved draft: it becomes the revision in force, now or, sealed until then, on a day to come',
  })
  @ApiOkResponse({ standardSchema: z.union([inForceEventSchema, sealedEventSchema]) })
  async publishDraft(
    @Param({ schema: draftPathSchema }) { draft }: z.output<typeof draftPathSchema>,
    @Body({ schema: publishSchema }) asked: z.output<typeof publishSchema>,
    @Actor(PersonPipe) by: PersonId,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InForceEvent | SealedEvent> {
    const published = orProblem(
      await publishOrSeal(this.db, {
        draftId: draft,
        by,
        effectiveDate: asked.effectiveDate,
        now: new Date(),
      }),
    );
    if (!('revision' in published)) return published;
    const { revision, committedAtMs } = published;
    void reply.header('server-timing', `commit;desc="${committedAtMs.toFixed(3)}"`);
    return readRevision(this.db.manager, revision.schemeId, revision.number);
  }
}
