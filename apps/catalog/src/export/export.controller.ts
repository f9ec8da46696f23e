import { atRevisionSchema, csvQuerySchema, schemePathSchema } from '#contracts';
import { orProblem } from '#platform';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { answerImmutable } from '../reading/answer-immutable.ts';
import { findRevision, type FoundRevision } from '../reading/find-revision.ts';
import { readOrdered } from '../reading/read-tree.ts';
import { answerFile } from './answer-file.ts';
import { exportCsv } from './export-csv.ts';

type SchemePath = z.output<typeof schemePathSchema>;
type AtRevision = z.output<typeof atRevisionSchema>;
type CsvQuery = z.output<typeof csvQuerySchema>;

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

  @Get('export.json')
  @ApiOperation({ summary: 'A whole revision as JSON, with its edition and content hash' })
  async exportJson(
    @Param({ schema: schemePathSchema }) { scheme }: SchemePath,
    @Query({ schema: atRevisionSchema }) { revision }: AtRevision,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = orProblem(await findRevision(this.db.manager, scheme, revision));
    const { edition, number } = found;
    const { inForceFrom, contentHash } = found.revision;
    const entries = await readOrdered(this.db, found);
    const map = {
      scheme,
      edition,
      revision: number,
      effectiveDate: inForceFrom,
      contentHash: contentHash.toString('hex'),
      entries,
    };
    void reply.header('content-disposition', `attachment; filename="${fileName(found)}.json"`);
    answerImmutable(request, reply, JSON.stringify(map), {
      type: 'application/json; charset=utf-8',
      isPinned: revision !== undefined,
    });
  }
}

function fileName({ schemeId, number }: FoundRevision): string {
  return `${schemeId}-${number}`;
}
