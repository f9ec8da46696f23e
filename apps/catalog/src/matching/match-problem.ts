import { say, type Sentence } from '#words';
import type { Edition } from '#contracts';
import { conceptIdFrom, type ConceptId, type Entry, type Fixed, type MatchItem, type Steps } from '#taxonomy';
import { entriesInSteps } from '../imports/entries-of-rows.ts';
import { asksToEnd, type ImportedRow } from '../imports/imported-row.ts';
import { titleIn } from '../reading/title-in.ts';
import { retirementsOf } from './asked-retirements.ts';
import { conceptSubject, rowSubject, type About, type Decision, type DecisionRecord } from './decision.ts';

/** What an import is matched with, and what is known of it. */
export interface MatchSource {
  readonly importId: string;
  readonly schemeId: string;
  readonly edition: Edition;
  /** Rows of the file, each key once. */
  readonly rows: readonly ImportedRow[];
  /** Entries of the base, siblings in their order. */
  readonly base: ReadonlyMap<ConceptId, Entry>;
}

/** The rows as entries under provisional identities, which new concepts keep. */
export interface MatchProblem extends MatchSource {
  /** By key; rows that ask for a retirement are not here. */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly keyOf: ReadonlyMap<ConceptId, string>;
  readonly rowItems: readonly MatchItem[];
  readonly baseItems: readonly MatchItem<ConceptId>[];
  /** Concepts whose end the file itself asks for, with the reason; who takes their place is for a person to decide. */
  readonly asked: ReadonlyMap<ConceptId, string>;
}

export function* matchProblem(source: MatchSource): Steps<MatchProblem> {
  const { schemeId, edition, importId, base } = source;
  const { language } = edition.source;
  const staying = source.rows.filter((row) => !asksToEnd(row));
  const own = yield* entriesInSteps(schemeId, { ...edition, label: importId }, source.rows, base);
  const built = [...own.entries.values()];
  yield;
  const entries = new Map(staying.map(({ key }, i) => [key, built[i]!]));
  const keyOf = new Map(staying.map(({ key }, i) => [built[i]!.conceptId, key]));
  const itemOf = <Id extends string>(
    id: Id,
    parentId: string | null,
    { code, titles }: Entry,
  ): MatchItem<Id> => ({
    id,
    parentId,
    code,
    title: titleIn(titles, language),
  });
  return {
    ...source,
    entries,
    keyOf,
    rowItems: [...entries].map(([key, entry]) =>
      itemOf(key, entry.parentId && (keyOf.get(entry.parentId) ?? null), entry),
    ),
    baseItems: [...base.values()].map((entry) => itemOf(entry.conceptId, entry.parentId, entry)),
    asked: new Map(
      [...retirementsOf(source.rows, base)].flatMap(([{ asked }, entry]) =>
        entry ? [[entry.conceptId, asked?.reason ?? ''] as const] : [],
      ),
    ),
  };
}

export function aboutRow({ entries, edition }: MatchProblem, key: string): About | null {
  const entry = entries.get(key);
  return entry ? { code: entry.code, title: titleIn(entry.titles, edition.source.language) } : null;
}

/** What the file states and people decided, as matching takes it; and which decisions do not apply to this file, and why. */
export function fix(
  problem: MatchProblem,
  decisions: ReadonlyMap<string, DecisionRecord & { decision: Decision }>,
): { fixed: Fixed; lapsed: Map<string, Sentence> } {
  const rows = new Map<string, ConceptId | null>();
  const retired = new Set<ConceptId>();
  const lapsed = new Map<string, Sentence>();
  const given = new Set<ConceptId>();
  for (const { key, conceptId } of problem.rows)
    if (conceptId && problem.entries.has(key)) {
      rows.set(key, conceptId);
      given.add(conceptId);
    }
  for (const [subject, { decision }] of decisions) {
    const reason = whyNot(problem, subject, decision, rows, given);
    if (reason) lapsed.set(subject, reason);
    else if (decision.kind === 'retired') {
      const id = conceptOf(problem, subject);
      if (!id) continue;
      retired.add(id);
      given.add(id);
    } else {
      rows.set(subject.slice(rowSubject('').length), decision.kind === 'same' ? decision.conceptId : null);
      if (decision.kind === 'same') given.add(decision.conceptId);
      else for (const id of decision.predecessors) if (problem.asked.has(id)) retired.add(id);
    }
  }
  const ending = new Set([...problem.asked.keys()].filter((id) => !retired.has(id)));
  return { fixed: { rows, retired, ending }, lapsed };
}

function whyNot(
  problem: MatchProblem,
  subject: string,
  decision: Decision,
  rows: ReadonlyMap<string, ConceptId | null>,
  given: ReadonlySet<ConceptId>,
): Sentence | null {
  if (decision.kind === 'retired') {
    const id = conceptOf(problem, subject);
    if (!id) return say`The concept is not in the base.`;
    if (given.has(id)) return say`The concept is a row of the file.`;
    const absent = decision.successors.find((key) => !problem.entries.has(key));
    if (absent === undefined) return null;
    return isEnding(problem, absent)
      ? say`The successor ${absent} ends itself, as the file asks.`
      : say`The successor ${absent} is not in the file.`;
  }
  const key = subject.slice(rowSubject('').length);
  const about = aboutRow(problem, key);
  if (!about) return say`The row is not in the file.`;
  if (rows.has(key)) return say`The file states which concept the row is.`;
  if (about.code !== decision.about.code || about.title !== decision.about.title)
    return say`The row has another code or title now.`;
  if (decision.kind === 'new') {
    const absent = decision.predecessors.find((id) => !problem.base.has(id));
    return absent === undefined ? null : say`The predecessor ${absent} is not in the base.`;
  }
  if (!problem.base.has(decision.conceptId)) return say`The concept is not in the base.`;
  const isGiven = given.has(decision.conceptId) || problem.asked.has(decision.conceptId);
  return isGiven ? say`The concept is another row of the file, or ends.` : null;
}

/** Whether a row of the file is so named, by its key or code, that asks for the end of its entry. */
export function isEnding({ rows }: MatchProblem, name: string): boolean {
  return rows.some((row) => asksToEnd(row) && (row.key === name || row.code === name));
}

function conceptOf({ base }: MatchProblem, subject: string): ConceptId | null {
  return base.get(conceptIdFrom(subject.slice(conceptSubject('').length)))?.conceptId ?? null;
}
