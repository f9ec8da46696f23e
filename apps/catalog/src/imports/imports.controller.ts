import { importAnswerSchema, importSchema, schemePathSchema } from '#contracts';
import { Actor, orProblem, RequireRole } from '#platform';
import type { Finding } from '#taxonomy';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { PersonPipe } from '../audit/person.pipe.ts';
import type { PersonId } from '../audit/person.ts';
import { draftView, type DraftView } from '../drafts/draft-view.ts';
import { importDocument } from './import-document.ts';

@ApiTags('drafts')
@Controller('api/v1/schemes/:scheme/imports')
export class ImportsController {
  constructor(private readonly db: DataSource) {}

  @Post()
  @RequireRole('editor')
  @ApiOperation({
    summary: 'Read a document into a draft of the first revision, with a report of every irregularity',
  })
  @ApiCreatedResponse({ standardSchema: importAnswerSchema })
  async importDocument(
    @Param({ schema: schemePathSchema }) { scheme }: z.output<typeof schemePathSchema>,
    @Body({ schema: importSchema }) { edition, corrections, document }: z.output<typeof importSchema>,
    @Actor(PersonPipe) by: PersonId,
  ): Promise<{ draft: DraftView; report: readonly Finding[] }> {
    const request = { schemeId: scheme, edition, corrections, document: Buffer.from(document), by };
    const { draft, report } = orProblem(await importDocument(this.db, request));
    return { draft: draftView(draft), report };
  }
}
