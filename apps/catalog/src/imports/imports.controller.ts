import {
  importAnswerSchema,
  importsAnswerSchema,
  importSchema,
  importsPageSchema,
  schemePathSchema,
  type ImportFileAnswer,
} from '#contracts';
import { Actor, InLanguage, inTransaction, orProblem, RequireRole } from '#platform';
import type { Finding } from '#taxonomy';
import { spoken, type Language, type Spoken } from '#words';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { PersonPipe } from '../audit/person.pipe.ts';
import type { PersonId } from '../audit/person.ts';
import { draftView, type DraftView } from '../drafts/draft-view.ts';
import { createImport } from './files/create-import.ts';
import { findScheme } from '../schemes/find-scheme.ts';
import { listImports } from './files/list-imports.ts';
import { importView } from './files/import-record.ts';
import { importDocument } from './import-document.ts';

@ApiTags('imports')
@Controller('api/v1/schemes/:scheme/imports')
export class ImportsController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @RequireRole('editor', 'approver')
  @ApiOperation({
    summary:
      'Imports of a scheme with their state and who made them, the newest first; of one state when it is named',
  })
  @ApiOkResponse({ standardSchema: importsAnswerSchema })
  async getImports(
    @Param({ schema: schemePathSchema }) { scheme }: z.output<typeof schemePathSchema>,
    @Query({ schema: importsPageSchema }) page: z.output<typeof importsPageSchema>,
  ): Promise<z.output<typeof importsAnswerSchema>> {
    orProblem(await findScheme(this.db.manager, scheme));
    return listImports(this.db, scheme, page);
  }

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
