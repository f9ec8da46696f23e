import { importAnswerSchema, importSchema, schemePathSchema, type ImportFileAnswer } from '#contracts';
import { Actor, InLanguage, inTransaction, orProblem, RequireRole } from '#platform';
import type { Finding } from '#taxonomy';
import { spoken, type Language, type Spoken } from '#words';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { PersonPipe } from '../audit/person.pipe.ts';
import type { PersonId } from '../audit/person.ts';
import { draftView, type DraftView } from '../drafts/draft-view.ts';
import { createImport } from './files/create-import.ts';
import { importView } from './files/import-record.ts';
import { importDocument } from './import-document.ts';

@ApiTags('drafts')
@Controller('api/v1/schemes/:scheme/imports')
export class ImportsController {
  constructor(private readonly db: DataSource) {}

  @Post()
  @RequireRole('editor')
  @ApiOperation({
    summary:
      'Import a file, whose bytes follow; or read the text of the official document into a first draft',
  })
  @ApiCreatedResponse({ standardSchema: importAnswerSchema })
  async createImport(
    @Param({ schema: schemePathSchema }) { scheme }: z.output<typeof schemePathSchema>,
    @Body({ schema: importSchema }) asked: z.output<typeof importSchema>,
    @Actor(PersonPipe) by: PersonId,
    @InLanguage() language: Language,
  ): Promise<ImportFileAnswer | { draft: DraftView; report: Spoken<Finding[]> }> {
    if ('document' in asked) {
      const { edition, corrections, document } = asked;
      const request = { schemeId: scheme, edition, corrections, document: Buffer.from(document), by };
      const { draft, report } = orProblem(await importDocument(this.db, request));
      return { draft: draftView(draft), report: spoken([...report], language) };
    }
    const created = await inTransaction(this.db, (transaction) =>
      createImport(transaction, scheme, asked, by),
    );
    return importView(orProblem(created), language);
  }
}
