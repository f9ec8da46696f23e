import {
  atRevisionSchema,
  entriesAnswerSchema,
  entryAnswerSchema,
  entryPathSchema,
  schemePathSchema,
  searchAnswerSchema,
  searchSchema,
} from '#contracts';
import { isRefusal, orProblem, sql } from '#platform';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { searchEntries, type FoundEntry, type Page } from '../search/search-entries.ts';
import { findEntry } from './find-entry.ts';
import { findRevision } from './find-revision.ts';
import { PublishedReads } from './published-reads.ts';
import { readEntries } from './read-entries.ts';

type EntryPath = z.output<typeof entryPathSchema>;
type AtRevision = z.output<typeof atRevisionSchema>;

@ApiTags('reading')
@Controller('api/v1/schemes/:scheme/entries')
export class EntriesController {
  constructor(
    private readonly db: DataSource,
    private readonly reads: PublishedReads,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Search by the beginning of a code, and by words of the title' })
  @ApiOkResponse({ standardSchema: searchAnswerSchema })
  async searchEntries(
    @Param({ schema: schemePathSchema }) { scheme }: z.output<typeof schemePathSchema>,
    @Query({ schema: searchSchema }) { revision, ...search }: z.output<typeof searchSchema>,
  ): Promise<Page<FoundEntry>> {
    return searchEntries(this.db, orProblem(await findRevision(this.db.manager, scheme, revision)), search);
  }

  @Get(':entry')
  @ApiOperation({ summary: 'One entry, by code or concept id' })
  @ApiOkResponse({ standardSchema: entryAnswerSchema })
  async getEntry(
    @Param({ schema: entryPathSchema }) { scheme, entry }: EntryPath,
    @Query({ schema: atRevisionSchema }) { revision }: AtRevision,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const part = { scheme, revision, part: `entries/${entry}` };
    return this.reads.answer(request, reply, part, async (found) => {
      const placed = await findEntry(this.db, found, entry);
      if (isRefusal(placed)) return placed;
      return { scheme, revision: found.number, edition: found.edition.label, ...placed };
    });
  }

  @Get(':entry/children')
  @ApiOperation({ summary: 'What stands directly below an entry' })
  @ApiOkResponse({ standardSchema: entriesAnswerSchema })
  async getChildren(
    @Param({ schema: entryPathSchema }) { scheme, entry }: EntryPath,
    @Query({ schema: atRevisionSchema }) { revision }: AtRevision,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const part = { scheme, revision, part: `children/${entry}` };
    return this.reads.answer(request, reply, part, async (found) => {
      const parent = await findEntry(this.db, found, entry);
      if (isRefusal(parent)) return parent;
      const below = sql`e.parent_id = ${parent.conceptId}`;
      return { items: await readEntries(this.db, found, below, sql`order by e.rank, e.concept_id`) };
    });
  }
}
