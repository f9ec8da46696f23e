import {
  bulkDecisionSchema,
  importFileAnswerSchema,
  importPathSchema,
  importRowPathSchema,
  matchAnswerSchema,
  matchDecisionsSchema,
  matchesAnswerSchema,
  matchesQuerySchema,
  matchReportSchema,
  missingPageAnswerSchema,
  missingQuerySchema,
  type ImportFileAnswer,
  type MatchAnswer,
  type MatchReport,
  type MissingAnswer,
} from '#contracts';
import { Actor, InLanguage, orProblem, refuse, RequireRole } from '#platform';
import { say, type Language } from '#words';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { PersonPipe } from '../audit/person.pipe.ts';
import type { PersonId } from '../audit/person.ts';
import { findImport, importView } from '../imports/files/import-record.ts';
import { applyImport } from './apply-import.ts';
import { chooseMany } from './choose-many.ts';
import { decide, refuseUnlessMatched, whileMatching } from './decide.ts';
import type { MatchedImport } from './load-matching.ts';
import { matchReport, matchViews } from './match-views.ts';
import { keyFinder } from './named-by-key.ts';
import { pageOf } from './pages.ts';
import { RecentMatchings } from './recent-matchings.ts';

type ImportPath = z.output<typeof importPathSchema>;
type Page<T> = { items: T[]; next: number | null };

@ApiTags('matching')
@RequireRole('editor', 'approver')
@Controller('api/v1/imports/:import')
export class MatchingController {
  constructor(
    private readonly db: DataSource,
    private readonly matchings: RecentMatchings,
  ) {}

  @Get('rows')
  @ApiOperation({ summary: 'Rows of the file with what they are or may be, in pages' })
  @ApiOkResponse({ standardSchema: matchesAnswerSchema })
  async getMatches(
    @Param({ schema: importPathSchema }) path: ImportPath,
    @Query({ schema: matchesQuerySchema }) query: z.output<typeof matchesQuerySchema>,
  ): Promise<Page<MatchAnswer>> {
    const { how, label, minScore } = query;
    const matched = await this.matched(path.import);
    const found = matched.matching.rows.filter(
      (row) =>
        (how === undefined || row.how === how) &&
        (label === undefined || row.labels.includes(label)) &&
        (minScore === undefined || (row.proposals[0]?.score ?? 1) >= minScore),
    );
    const { items, next } = pageOf(found, query);
    return { items: items.map(matchViews(matched).row), next };
  }

  @Get('rows/:row')
  @ApiOperation({
    summary: 'One row, by the key that it has in its file (concept id, code, or heading), or by its code',
  })
  @ApiOkResponse({ standardSchema: matchAnswerSchema })
  async getMatch(
    @Param({ schema: importRowPathSchema }) path: z.output<typeof importRowPathSchema>,
  ): Promise<MatchAnswer> {
    const matched = await this.matched(path.import);
    const key = keyFinder(matched.problem)(path.row);
    const found = matched.matching.rows.find(({ rowId }) => rowId === key);
    return matchViews(matched).row(
      orProblem(found ?? refuse('row-unknown', { title: say`The file has no such row`, status: 404 })),
    );
  }

  @Get('missing')
  @ApiOperation({ summary: 'Entries in force that no row is, with proposed successors, in pages' })
  @ApiOkResponse({ standardSchema: missingPageAnswerSchema })
  async getMissing(
    @Param({ schema: importPathSchema }) path: ImportPath,
    @Query({ schema: missingQuerySchema }) query: z.output<typeof missingQuerySchema>,
  ): Promise<Page<MissingAnswer>> {
    const matched = await this.matched(path.import);
    const found = matched.matching.retired.filter(({ how }) => query.how === undefined || how === query.how);
    const { items, next } = pageOf(found, query);
    return { items: items.map(matchViews(matched).missing), next };
  }

  @Get('report')
  @ApiOperation({ summary: 'How far the decisions are; each with who, when and why, and whether it applies' })
  @ApiOkResponse({ standardSchema: matchReportSchema })
  async getMatchReport(
    @Param({ schema: importPathSchema }) path: ImportPath,
    @InLanguage() language: Language,
  ): Promise<MatchReport> {
    return matchReport(await this.matched(path.import), language);
  }

  @Post('decisions')
  @HttpCode(200)
  @RequireRole('editor')
  @ApiOperation({
    summary: 'Decide about rows and missing entries, or take decisions back; all of them or none',
  })
  @ApiOkResponse({ standardSchema: importFileAnswerSchema })
  async decideMatches(
    @Param({ schema: importPathSchema }) path: ImportPath,
    @Body({ schema: matchDecisionsSchema }) { decisions, why }: z.output<typeof matchDecisionsSchema>,
    @Actor(PersonPipe) by: PersonId,
    @InLanguage() language: Language,
  ): Promise<ImportFileAnswer> {
    const deciding = { by, at: new Date(), why, act: null };
    return importView(
      orProblem(await decide(this.db, this.matchings, path.import, () => decisions, deciding)),
      language,
    );
  }

  @Post('decisions/bulk')
  @HttpCode(200)
  @RequireRole('editor')
  @ApiOperation({ summary: 'Accept many proposals by one act, which is kept with each decision' })
  @ApiOkResponse({ standardSchema: importFileAnswerSchema })
  async decideManyMatches(
    @Param({ schema: importPathSchema }) path: ImportPath,
    @Body({ schema: bulkDecisionSchema }) bulk: z.output<typeof bulkDecisionSchema>,
    @Actor(PersonPipe) by: PersonId,
    @InLanguage() language: Language,
  ): Promise<ImportFileAnswer> {
    const { why, ...act } = bulk;
    const choose = ({ matching }: MatchedImport) => chooseMany(matching, bulk);
    const deciding = { by, at: new Date(), why, act };
    return importView(
      orProblem(await decide(this.db, this.matchings, path.import, choose, deciding)),
      language,
    );
  }

  @Post('application')
  @HttpCode(200)
  @RequireRole('editor')
  @ApiOperation({ summary: 'Bring the rows into a draft; refused as long as anything is undecided' })
  @ApiOkResponse({ standardSchema: importFileAnswerSchema })
  async applyImport(
    @Param({ schema: importPathSchema }) path: ImportPath,
    @Actor(PersonPipe) by: PersonId,
    @InLanguage() language: Language,
  ): Promise<ImportFileAnswer> {
    const applied = await whileMatching(
      this.db,
      this.matchings,
      path.import,
      (transaction, record, matched) => applyImport(transaction, record, matched, by),
    );
    return importView(orProblem(applied), language);
  }

  private async matched(importId: string): Promise<MatchedImport> {
    const record = orProblem(await findImport(this.db, importId));
    return this.matchings.of(orProblem(refuseUnlessMatched(record) ?? record));
  }
}
