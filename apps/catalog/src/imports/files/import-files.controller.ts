import { Readable } from 'node:stream';
import { importFileAnswerSchema, importPathSchema, type ImportFileAnswer } from '#contracts';
import { Actor, InLanguage, inTransaction, orProblem, RequireRole } from '#platform';
import type { Language } from '#words';
import { Controller, Delete, Get, HttpCode, Inject, Param, Put, Req, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiConsumes,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { PersonPipe } from '../../audit/person.pipe.ts';
import type { PersonId } from '../../audit/person.ts';
import type { CatalogConfig } from '../../config.ts';
import { CONFIG } from '../../config.module.ts';
import { ImportJobs, notWaiting } from './import-jobs.ts';
import { findImport, importView } from './import-record.ts';
import { receiveFile, refuseLength } from './receive-file.ts';
import { stopImport } from './stop-import.ts';

type ImportPath = z.output<typeof importPathSchema>;

@ApiTags('imports')
@RequireRole('editor', 'approver')
@Controller('api/v1/imports/:import')
export class ImportFilesController {
  constructor(
    private readonly db: DataSource,
    private readonly jobs: ImportJobs,
    @Inject(CONFIG) private readonly config: CatalogConfig,
  ) {}

  @Get()
  @ApiOperation({ summary: 'How far an import is, what is wrong with its file, and the draft that it made' })
  @ApiOkResponse({ standardSchema: importFileAnswerSchema })
  async getImport(
    @Param({ schema: importPathSchema }) path: ImportPath,
    @InLanguage() language: Language,
  ): Promise<ImportFileAnswer> {
    return importView(orProblem(await findImport(this.db, path.import)), language);
  }

  @Put('file')
  @HttpCode(202)
  @RequireRole('editor')
  @ApiOperation({ summary: 'Send the file; it is read after the answer' })
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiAcceptedResponse({ standardSchema: importFileAnswerSchema })
  async sendFile(
    @Param({ schema: importPathSchema }) path: ImportPath,
    @Actor(PersonPipe) by: PersonId,
    @InLanguage() language: Language,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportFileAnswer> {
    const limit = this.config.IMPORT_LIMIT;
    const record = orProblem(await findImport(this.db, path.import));
    if (!['waiting', 'failed', 'interrupted'].includes(record.state)) orProblem(notWaiting(record));
    orProblem(refuseLength(request.headers['content-length'], limit) ?? record);
    const body = request.body instanceof Readable ? request.body : Readable.from([]);
    const file = orProblem(await receiveFile(body, limit));
    const started = await this.jobs.start(path.import, file, by);
    void reply.header('location', `/api/v1/imports/${path.import}`);
    return importView(orProblem(started), language);
  }

  @Delete()
  @RequireRole('editor')
  @ApiOperation({ summary: 'Give up an import, also while its file is read' })
  @ApiOkResponse({ standardSchema: importFileAnswerSchema })
  async stopImport(
    @Param({ schema: importPathSchema }) path: ImportPath,
    @Actor(PersonPipe) by: PersonId,
    @InLanguage() language: Language,
  ): Promise<ImportFileAnswer> {
    const stopped = await inTransaction(this.db, (transaction) => stopImport(transaction, path.import, by));
    return importView(orProblem(stopped), language);
  }
}
