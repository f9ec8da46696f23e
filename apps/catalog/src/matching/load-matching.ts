import type { Sentence } from '#words';
import { giveWay, run, sql, type Executor } from '#platform';
import { matchInSteps, type ConceptId, type Entry, type Fixed, type Matching } from '#taxonomy';
import { entryColumns } from '../database/entry-row.ts';
import type { ImportRecord } from '../imports/files/import-record.ts';
import { readImportRows } from '../imports/files/import-rows.ts';
import { standing, type Decision, type DecisionRecord } from './decision.ts';
import { readDecisions } from './decision-log.ts';
import { labelRedefined } from './label-redefined.ts';
import { fix, matchProblem, type MatchProblem } from './match-problem.ts';

/** An import matched with its base, as the decisions of this moment have it. */
export interface MatchedImport {
  readonly problem: MatchProblem;
  readonly decisions: ReadonlyMap<string, DecisionRecord & { decision: Decision }>;
  readonly fixed: Fixed;
  /** Decisions that do not apply, by subject, with the reason. */
  readonly lapsed: ReadonlyMap<string, Sentence>;
  readonly matching: Matching;
}

/** Matches an import, giving way to other work between steps. */
export async function matchImport(
  db: Executor,
  record: ImportRecord,
  known?: MatchProblem,
): Promise<MatchedImport> {
  const problem = known ?? (await loadProblem(db, record));
  const decisions = standing(await readDecisions(db, record.id));
  const { fixed, lapsed } = fix(problem, decisions);
  const matching = await giveWay(matchInSteps(problem.rowItems, problem.baseItems, fixed));
  return { problem, decisions, fixed, lapsed, matching: labelRedefined(problem, matching) };
}

async function loadProblem(
  db: Executor,
  { id, schemeId, edition, baseRevision }: ImportRecord,
): Promise<MatchProblem> {
  const rows = await readImportRows(db, id);
  const base = await readBase(db, schemeId, baseRevision ?? 0);
  return giveWay(matchProblem({ importId: id, schemeId, edition, rows, base }));
}

/** The revision that an import is compared with, siblings in their order. */
export async function readBase(
  db: Executor,
  schemeId: string,
  revision: number,
): Promise<Map<ConceptId, Entry>> {
  const entries = await run<Entry>(
    db,
    sql`
    select ${entryColumns} from entry e
    where e.scheme_id = ${schemeId} and e.live @> ${revision}::int
    order by e.parent_id nulls first, e.rank, e.concept_id`,
  );
  return new Map(entries.map((entry) => [entry.conceptId, entry]));
}
