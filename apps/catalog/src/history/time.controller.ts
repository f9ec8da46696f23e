import {
  compareAnswerSchema,
  compareSchema,
  conceptAnswerSchema,
  conceptHistoryAnswerSchema,
  conceptPathSchema,
  inForceOnSchema,
  revisionAnswerSchema,
  schemePathSchema,
  sealedEventSchema,
  type RevisionAnswer,
  type SealedEvent,
} from '#contracts';
import { orProblem, refuse, run, sql } from '#platform';
import { historyOf, type Change, type ConceptId, type Hop } from '#taxonomy';
import { say } from '#words';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { readReasonsOf } from '../drafts/reasons.ts';
import { readRevision } from '../reading/revision-view.ts';
import { SchemeHistories, type SchemeHistory } from '../resolve/scheme-histories.ts';
import type { Point } from '../resolve/timeline.ts';
import { LatestComparison } from './latest-comparison.ts';
import { sealedAsKnownOn } from './known-on.ts';
import { readConceptStates, type ConceptState } from './concept-states.ts';

type ConceptPath = z.output<typeof conceptPathSchema>;
type SchemePath = z.output<typeof schemePathSchema>;
type StateView = Omit<ConceptState, 'fromRevision' | 'toRevision'> & {
  readonly from: Point | undefined;
  readonly through: Point | null;
};

@ApiTags('history')
@Controller('api/v1/schemes/:scheme')
export class TimeController {
  private readonly compared: LatestComparison;

  constructor(
    private readonly db: DataSource,
    private readonly histories: SchemeHistories,
  ) {
    this.compared = new LatestComparison(db);
  }

  @Get('concepts/:concept')
  @ApiOperation({ summary: 'A concept at its permanent address: as it is now, or as it last was' })
  @ApiOkResponse({ standardSchema: conceptAnswerSchema })
  async getConcept(@Param({ schema: conceptPathSchema }) { scheme, concept }: ConceptPath): Promise<{
    scheme: string;
    conceptId: ConceptId;
    state: 'in-force' | 'retired';
    entry: StateView | undefined;
  }> {
    const { states } = await this.statesOf(scheme, concept);
    const entry = states.at(-1);
    return { scheme, conceptId: concept, state: entry?.through ? 'retired' : 'in-force', entry };
  }

  @Get('concepts/:concept/history')
  @ApiOperation({
    summary:
      'A concept through all revisions: every state, what happened and why, predecessors and successors',
  })
  @ApiOkResponse({ standardSchema: conceptHistoryAnswerSchema })
  async getConceptHistory(@Param({ schema: conceptPathSchema }) { scheme, concept }: ConceptPath): Promise<{
    scheme: string;
    conceptId: ConceptId;
    states: StateView[];
    events: Hop[];
    reasons: { revision: number; reason: string }[];
  }> {
    const { history, states } = await this.statesOf(scheme, concept);
    const reasons = await readReasonsOf(this.db, scheme, concept);
    return { scheme, conceptId: concept, states, events: historyOf(history.index, concept), reasons };
  }

  @Get('compare')
  @ApiOperation({ summary: 'What differs between two revisions, editions or days, in either direction' })
  @ApiOkResponse({ standardSchema: compareAnswerSchema })
  async compareRevisions(
    @Param({ schema: schemePathSchema }) { scheme }: SchemePath,
    @Query({ schema: compareSchema }) { after, limit, ...asked }: z.output<typeof compareSchema>,
  ): Promise<{
    scheme: string;
    from: Point;
    to: Point;
    total: number;
    items: Change[];
    next: number | null;
  }> {
    const history = orProblem(await this.histories.get(scheme));
    const from = orProblem(history.timeline.find(asked.from));
    const to = orProblem(history.timeline.find(asked.to));
    const changes = orProblem(await this.compared.between(history, from.revision, to.revision));
    const end = after + limit;
    const items = changes.slice(after, end);
    return { scheme, from, to, total: changes.length, items, next: end < changes.length ? end : null };
  }

  @Get('in-force')
  @ApiOperation({
    summary:
      'The revision in force on a day; as it was known by the end of another day also the sealed set that would be',
  })
  @ApiOkResponse({ standardSchema: z.union([revisionAnswerSchema, sealedEventSchema]) })
  async getInForce(
    @Param({ schema: schemePathSchema }) { scheme }: SchemePath,
    @Query({ schema: inForceOnSchema }) { on, knownOn }: z.output<typeof inForceOnSchema>,
  ): Promise<RevisionAnswer | SealedEvent> {
    orProblem(await this.histories.get(scheme));
    const sealed = knownOn === undefined ? null : await sealedAsKnownOn(this.db, { scheme, on, knownOn });
    if (sealed) return sealed;
    const [found] = await run<{ number: number }>(
      this.db,
      sql`
      select number from revision
      where scheme_id = ${scheme} and in_force_from <= ${on}::date
        and (${knownOn ?? null}::date is null or (published_at at time zone 'Europe/Rome')::date <= ${knownOn ?? null}::date)
      order by number desc limit 1`,
    );
    const { number } = orProblem(
      found ??
        refuse('nothing-in-force', {
          title: say`Nothing was in force on that day`,
          status: 404,
          detail:
            knownOn === undefined
              ? say`For ${on} no revision is known.`
              : say`For ${on} no revision was known on ${knownOn}.`,
        }),
    );
    return readRevision(this.db.manager, scheme, number);
  }

  private async statesOf(
    scheme: string,
    concept: ConceptId,
  ): Promise<{ history: SchemeHistory; states: StateView[] }> {
    const history = orProblem(await this.histories.get(scheme));
    const states = await readConceptStates(this.db, scheme, concept);
    if (states.length === 0)
      orProblem(
        refuse('concept-unknown', {
          title: say`There is no such concept`,
          status: 404,
          detail: say`${scheme} never had a concept ${concept}.`,
        }),
      );
    const { timeline } = history;
    const view = ({ fromRevision, toRevision, ...entry }: ConceptState): StateView => ({
      ...entry,
      from: timeline.at(fromRevision),
      through: toRevision === null ? null : (timeline.at(toRevision - 1) ?? null),
    });
    return { history, states: states.map(view) };
  }
}
