import {
  atRevisionSchema,
  changesAnswerSchema,
  changesPageSchema,
  revisionAnswerSchema,
  revisionPathSchema,
  revisionsAnswerSchema,
  schemePathSchema,
  treeAnswerSchema,
  type ChangeEvent,
  type RevisionAnswer,
} from '#contracts';
import { orProblem } from '#platform';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { findRevision } from './find-revision.ts';
import { PublishedReads } from './published-reads.ts';
import { nest, readOrdered } from './read-tree.ts';
import { readChanges } from './read-changes.ts';
import { listRevisions, readRevision } from './revision-view.ts';
import { findScheme } from '../schemes/find-scheme.ts';

type RevisionPath = z.output<typeof revisionPathSchema>;
type SchemePath = z.output<typeof schemePathSchema>;

@ApiTags('reading')
@Controller('api/v1/schemes/:scheme')
export class RevisionsController {
  constructor(
    private readonly db: DataSource,
    private readonly reads: PublishedReads,
  ) {}

  @Get('revisions')
  @ApiOperation({ summary: 'All revisions, the first first' })
  @ApiOkResponse({ standardSchema: revisionsAnswerSchema })
  async getRevisions(
    @Param({ schema: schemePathSchema }) { scheme }: SchemePath,
  ): Promise<{ items: RevisionAnswer[] }> {
    orProblem(await findScheme(this.db.manager, scheme));
    return { items: await listRevisions(this.db.manager, scheme) };
  }

  @Get('revisions/:revision')
  @ApiOperation({ summary: 'One revision: edition, effective date, content hash' })
  @ApiOkResponse({ standardSchema: revisionAnswerSchema })
  async getRevision(
    @Param({ schema: revisionPathSchema }) { scheme, revision }: RevisionPath,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.reads.answer(request, reply, { scheme, revision, part: 'revision' }, () =>
      readRevision(this.db.manager, scheme, revision),
    );
  }

  @Get('revisions/:revision/changes')
  @ApiOperation({ summary: 'What a revision changed, as the events say it' })
  @ApiOkResponse({ standardSchema: changesAnswerSchema })
  async getChanges(
    @Param({ schema: revisionPathSchema }) { scheme, revision }: RevisionPath,
    @Query({ schema: changesPageSchema }) page: z.output<typeof changesPageSchema>,
  ): Promise<{ items: ChangeEvent[]; next: number | null }> {
    orProblem(await findRevision(this.db.manager, scheme, revision));
    return readChanges(this.db, scheme, revision, page);
  }

  @Get('tree')
  @ApiOperation({ summary: 'The whole map as a tree' })
  @ApiOkResponse({ standardSchema: treeAnswerSchema })
  async getTree(
    @Param({ schema: schemePathSchema }) { scheme }: SchemePath,
    @Query({ schema: atRevisionSchema }) { revision }: z.output<typeof atRevisionSchema>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.reads.answer(request, reply, { scheme, revision, part: 'tree' }, async (found) => ({
      scheme,
      edition: found.edition.label,
      revision: found.number,
      effectiveDate: found.revision.inForceFrom,
      contentHash: found.revision.contentHash.toString('hex'),
      levels: found.edition.levels,
      roots: nest(await readOrdered(this.db, found)),
    }));
  }
}
