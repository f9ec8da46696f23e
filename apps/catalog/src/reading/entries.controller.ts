import {
  atRevisionSchema,
  entriesAnswerSchema,
  entryAnswerSchema,
  entryPathSchema,
  schemePathSchema,
  searchAnswerSchema,
  searchSchema,
} from '#contracts';
import { orProblem, sql } from '#platform';
import type { PlacedEntry } from '#taxonomy';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { findEntry } from './find-entry.ts';
import { findRevision } from './find-revision.ts';
import { readEntries } from './read-entries.ts';
import { searchEntries, type Page } from './search-entries.ts';

type EntryPath = z.output<typeof entryPathSchema>;
type AtRevision = z.output<typeof atRevisionSchema>;

@ApiTags('reading')
@Controller('api/v1/schemes/:scheme/entries')
export class EntriesController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @ApiOperation({ summary: 'Search by the beginning of a code, or by words of the title' })
  @ApiOkResponse({ standardSchema: searchAnswerSchema })
  async searchEntries(
    @Param({ schema: schemePathSchema }) { scheme }: z.output<typeof schemePathSchema>,
    @Query({ schema: searchSchema }) { revision, ...search }: z.output<typeof searchSchema>,
  ): Promise<Page<PlacedEntry>> {
    return searchEntries(this.db, orProblem(await findRevision(this.db.manager, scheme, revision)), search);
  }

  @Get(':entry')
  @ApiOperation({ summary: 'One entry, by code or concept id' })
  @ApiOkResponse({ standardSchema: entryAnswerSchema })
  async getEntry(
    @Param({ schema: entryPathSchema }) { scheme, entry }: EntryPath,
    @Query({ schema: atRevisionSchema }) { revision }: AtRevision,
  ): Promise<PlacedEntry & { readonly scheme: string; readonly revision: number; readonly edition: string }> {
    const found = orProblem(await findRevision(this.db.manager, scheme, revision));
    const placed = orProblem(await findEntry(this.db, found, entry));
    return { scheme, revision: found.number, edition: found.edition.label, ...placed };
  }

  @Get(':entry/children')
  @ApiOperation({ summary: 'What stands directly below an entry' })
  @ApiOkResponse({ standardSchema: entriesAnswerSchema })
  async getChildren(
    @Param({ schema: entryPathSchema }) { scheme, entry }: EntryPath,
    @Query({ schema: atRevisionSchema }) { revision }: AtRevision,
  ): Promise<{ readonly items: readonly PlacedEntry[] }> {
    const found = orProblem(await findRevision(this.db.manager, scheme, revision));
    const { conceptId } = orProblem(await findEntry(this.db, found, entry));
    return {
      items: await readEntries(
        this.db,
        found,
        sql`e.parent_id = ${conceptId}`,
        sql`order by e.rank, e.concept_id`,
      ),
    };
  }
}
