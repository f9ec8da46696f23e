import { sql, type Executor } from '#platform';
import {
  diff,
  linksBetween,
  type Change,
  type ConceptId,
  type Entry,
  type SuccessionsBetween,
} from '#taxonomy';
import { byCode, readFormerHolders, type FormerEntry } from '../drafts/former-holders.ts';
import { readReasonsBetween } from '../drafts/reasons.ts';
import { formerConceptsAt } from '../history/former-concepts.ts';
import { atRevision } from '../reading/at-revision.ts';
import type { FoundRevision } from '../reading/find-revision.ts';
import { readMapAt } from '../reading/read-map-at.ts';
import type { SchemeHistory } from '../resolve/scheme-histories.ts';

/** Two revisions of a scheme, in any order or the same one twice, and what leads from the first to the second. */
export interface Comparison {
  readonly from: FoundRevision;
  readonly to: FoundRevision;
  readonly before: ReadonlyMap<ConceptId, Entry>;
  readonly after: ReadonlyMap<ConceptId, Entry>;
  readonly successions: SuccessionsBetween;
  /** Entries before the first revision whose codes others have in the second, later one, as they last were. */
  readonly formerly: ReadonlyMap<ConceptId, FormerEntry>;
  /** The earlier revision whose content the second one has again, after others; null: its content is its own. */
  readonly backAt: number | null;
  /** In order of code. */
  readonly changes: readonly Change[];
  /** Why changes were asked for, in the words of whoever did. */
  readonly reasons: ReadonlyMap<ConceptId, readonly string[]>;
}

/** Levels and codes are named as the edition that is arrived at names them. */
export async function loadComparison(
  db: Executor,
  { index }: SchemeHistory,
  from: FoundRevision,
  to: FoundRevision,
): Promise<Comparison> {
  const [before, after] = [await readMapAt(db, from), await readMapAt(db, to)];
  const successions = linksBetween(index, from.number, to.number);
  const holders = await readHolders(db, from, to);
  const changes = diff(before, after, {
    grammar: to.edition,
    successions,
    formerConcepts: formerConceptsAt(index, from.number, before, after),
    formerHolders: byCode(holders),
  });
  const told = await readReasonsBetween(db, from.schemeId, from.number, to.number);
  const reasons = Map.groupBy(told, ({ conceptId }) => conceptId);
  const wordsOf = (id: ConceptId) => (reasons.get(id) ?? []).map(({ reason }) => reason);
  return {
    from,
    to,
    before,
    after,
    successions,
    formerly: new Map(holders.map((entry) => [entry.conceptId, entry])),
    backAt: index.undone.restoredBy(to.number),
    changes,
    reasons: new Map([...reasons.keys()].map((id) => [id, wordsOf(id)])),
  };
}

function readHolders(db: Executor, from: FoundRevision, to: FoundRevision): Promise<FormerEntry[]> {
  const codes = sql`
    select e.code from entry e
    where ${atRevision(to.schemeId, to.number)} and e.from_revision > ${from.number} and e.code is not null`;
  return readFormerHolders(db, from.schemeId, codes, from.number);
}
