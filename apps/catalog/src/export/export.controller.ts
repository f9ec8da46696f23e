import { atRevisionSchema, csvQuerySchema, editingFileQuerySchema, schemePathSchema } from '#contracts';
import { orProblem } from '#platform';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { findRevision } from '../reading/find-revision.ts';
import { answerFile, fileName } from './answer-file.ts';
import { exportCsv } from './export-csv.ts';
import { exportJson } from './export-json.ts';
import { exportForEditing, exportXlsx } from './export-xlsx.ts';

type SchemePath = z.output<typeof schemePathSchema>;
type AtRevision = z.output<typeof atRevisionSchema>;
type EditingFileQuery = z.output<typeof editingFileQuerySchema>;
type CsvQuery = z.output<typeof csvQuerySchema>;

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const xlsxFile = { content: { [xlsxType]: { schema: { type: 'string', format: 'binary' } } } } as const;

@ApiTags('export')
@Controller('api/v1/schemes/:scheme')
export class ExportController {
  constructor(private readonly db: DataSource) {}

  @Get('export.csv')
  @ApiProduces('text/csv')
  @ApiOperation({ summary: 'A whole revision as CSV, which can be imported again (docs/formats.md)' })
  async exportCsv(
    @Param({ schema: schemePathSchema }) { scheme }: SchemePath,
    @Query({ schema: csvQuerySchema }) { revision, variant }: CsvQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = orProblem(await findRevision(this.db.manager, scheme, revision));
    answerFile(request, reply, found, {
      way: ['csv', variant],
      name: `${fileName(found)}.csv`,
      type: 'text/csv; charset=utf-8',
      isPinned: revision !== undefined,
      content: () => exportCsv(this.db, found, variant),
    });
  }

  @Get('export.xlsx')
  @ApiOkResponse(xlsxFile)
  @ApiOperation({ summary: 'A whole revision as a workbook, which can be imported again (docs/formats.md)' })
  async exportXlsx(
    @Param({ schema: schemePathSchema }) { scheme }: SchemePath,
    @Query({ schema: atRevisionSchema }) { revision }: AtRevision,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = orProblem(await findRevision(this.db.manager, scheme, revision));
    answerFile(request, reply, found, {
      way: ['xlsx'],
      name: `${fileName(found)}.xlsx`,
      type: xlsxType,
      isPinned: revision !== undefined,
      content: () => exportXlsx(this.db, found),
    });
  }

  @Get('edit.xlsx')
  @ApiOkResponse(xlsxFile)
  @ApiOperation({
    summary:
      'A whole revision as a workbook for editing: concept ids are locked, and each row may ask for a change (docs/formats.md)',
  })
  async exportForEditing(
    @Param({ schema: schemePathSchema }) { scheme }: SchemePath,
    @Query({ schema: editingFileQuerySchema }) { revision, lang: language }: EditingFileQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = orProblem(await findRevision(this.db.manager, scheme, revision));
    answerFile(request, reply, found, {
      way: ['edit.xlsx', language],
      name: `${fileName(found)}-${language === 'it' ? 'da-modificare' : 'for-editing'}.xlsx`,
      type: xlsxType,
      isPinned: revision !== undefined,
      content: () => exportForEditing(this.db, found, language),
    });
  }

  @Get('export.json')
  @ApiOperation({ summary: 'A whole revision as JSON, with its edition and content hash' })
  async exportJson(
    @Param({ schema: schemePathSchema }) { scheme }: SchemePath,
    @Query({ schema: atRevisionSchema }) { revision }: AtRevision,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = orProblem(await findRevision(this.db.manager, scheme, revision));
    answerFile(request, reply, found, {
      way: ['json'],
      name: `${fileName(found)}.json`,
      type: 'application/json; charset=utf-8',
      isPinned: revision !== undefined,
      content: () => exportJson(this.db, found),
    });
  }
}
