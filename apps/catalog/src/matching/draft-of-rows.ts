import { isDeepStrictEqual } from 'node:util';
import { conceptIdFrom, groupByParent, type ConceptId, type Entry, type SuccessionLink } from '#taxonomy';
import type { OverlayEntry, DecidedSuccessions } from '../drafts/overlay.ts';
import type { Reason } from '../drafts/reasons.ts';
import { asksToEnd } from '../imports/imported-row.ts';
import { retirementsOf } from './asked-retirements.ts';
import { conceptSubject, rowSubject, type Decision, type DecisionRecord } from './decision.ts';
import { keepUnmentioned, mentionedIn } from './keep-unmentioned.ts';
import type { MatchedImport } from './load-matching.ts';
import type { MatchProblem } from './match-problem.ts';

/** What an import whose every row is decided changes against its base. */
export interface DraftOfRows {
  readonly entries: readonly OverlayEntry[];
  readonly successions: DecidedSuccessions;
  /** Why, by concept: what the file says, else what who decided it said. */
  readonly reasons: readonly Reason[];
}

/** Gives each row its identity, and its parent by identity; what is as in the base is left out. */
export function draftOfRows({ problem, decisions, fixed, lapsed, matching }: MatchedImport): DraftOfRows {
  const { base, entries, keyOf, rows } = problem;
  const conceptOf = new Map<string, ConceptId>();
  for (const { rowId, conceptId } of matching.rows) {
    const own = entries.get(rowId);
    if (own) conceptOf.set(rowId, fixed.rows.get(rowId) ?? conceptId ?? own.conceptId);
  }
  const mentioned = mentionedIn(rows);
  const statesRank = new Set(rows.flatMap(({ key, rank }) => (rank === null ? [] : [key])));
  const next = [...entries].map(([key, entry]): Entry & { readonly key: string } => {
    const conceptId = conceptOf.get(key) ?? entry.conceptId;
    const parentKey = entry.parentId === null ? undefined : keyOf.get(entry.parentId);
    const parentId = parentKey === undefined ? null : (conceptOf.get(parentKey) ?? null);
    const inForce = base.get(conceptId);
    const placed = { ...entry, conceptId, parentId };
    return { ...(inForce ? keepUnmentioned(placed, inForce, mentioned) : placed), key };
  });
  const kept = keptRanks(base, next, statesRank);
  const changed = next.flatMap(({ key: _, ...entry }) => {
    const ranked = { ...entry, rank: kept.get(entry.conceptId) ?? entry.rank };
    return isDeepStrictEqual(ranked, base.get(entry.conceptId)) ? [] : [ranked];
  });
  const standing = [...decisions].filter(([subject]) => !lapsed.has(subject));
  const successions = successionsOf(standing, conceptOf);
  const followed = new Set(successions.of);
  const retired = matching.retired.flatMap(({ conceptId }): OverlayEntry[] => {
    const entry = base.get(conceptId);
    const decision = decisions.get(conceptSubject(conceptId))?.decision;
    const isNone = decision?.kind === 'retired' && decision.successors.length === 0;
    return entry ? [{ ...entry, retired: true, decidedNone: isNone && !followed.has(conceptId) }] : [];
  });
  const touched = [...changed, ...retired];
  const ofFile = reasonsOf(problem, conceptOf);
  const given = new Set(ofFile.map(({ conceptId }) => conceptId));
  const isAsked = new Set(touched.map(({ conceptId }) => conceptId));
  const ofDecisions = whysOf(standing, conceptOf).filter(
    ({ conceptId }) => isAsked.has(conceptId) && !given.has(conceptId),
  );
  return { entries: touched, successions, reasons: [...ofFile, ...ofDecisions] };
}

/** What people said of why when they decided a row, or the end of an entry. */
function whysOf(
  decisions: readonly (readonly [subject: string, Pick<DecisionRecord, 'why'>])[],
  conceptOf: ReadonlyMap<string, ConceptId>,
): Reason[] {
  return decisions.flatMap(([subject, { why }]) => {
    const conceptId = subject.startsWith(rowSubject(''))
      ? conceptOf.get(subject.slice(rowSubject('').length))
      : conceptIdFrom(subject.slice(conceptSubject('').length));
    return why && conceptId ? [{ conceptId, reason: why }] : [];
  });
}

function reasonsOf({ rows, base }: MatchProblem, conceptOf: ReadonlyMap<string, ConceptId>): Reason[] {
  const stays = rows.flatMap((row) => {
    const conceptId = asksToEnd(row) ? undefined : conceptOf.get(row.key);
    return row.asked?.reason && conceptId ? [{ conceptId, reason: row.asked.reason }] : [];
  });
  const ends = [...retirementsOf(rows, base)].flatMap(([{ asked }, entry]) =>
    asked?.reason && entry ? [{ conceptId: entry.conceptId, reason: asked.reason }] : [],
  );
  return [...stays, ...ends];
}

function successionsOf(
  decisions: readonly (readonly [subject: string, { readonly decision: Decision }])[],
  conceptOf: ReadonlyMap<string, ConceptId>,
): DecidedSuccessions {
  const links = decisions.flatMap(([subject, { decision }]): SuccessionLink[] => {
    if (decision.kind === 'same') return [];
    if (decision.kind === 'retired') {
      const predecessor = conceptIdFrom(subject.slice(conceptSubject('').length));
      return decision.successors.flatMap((key) => linkTo(predecessor, conceptOf.get(key)));
    }
    const successor = conceptOf.get(subject.slice(rowSubject('').length));
    return decision.predecessors.flatMap((predecessor) => linkTo(predecessor, successor));
  });
  const ends = (end: keyof SuccessionLink) => links.map((link) => link[end]);
  return { of: ends('predecessor'), to: ends('successor'), links };
}

const linkTo = (predecessor: ConceptId, successor: ConceptId | undefined): SuccessionLink[] =>
  successor && successor !== predecessor ? [{ predecessor, successor }] : [];

const uncoded = (entries: Iterable<Entry>) => [...entries].filter(({ code }) => code === null);

/**
 * Ranks of entries without a code whose file states none: those of the base, where the same entries stand in the same
 * order below one parent. A row's number in its file is no reason to touch an entry.
 */
function keptRanks(
  base: ReadonlyMap<ConceptId, Entry>,
  next: readonly (Entry & { readonly key: string })[],
  statesRank: ReadonlySet<string>,
): Map<ConceptId, number> {
  const before = groupByParent(uncoded(base.values()));
  const kept = new Map<ConceptId, number>();
  for (const [parent, siblings] of groupByParent(
    next.filter(({ code, key }) => code === null && !statesRank.has(key)),
  )) {
    const old = before.get(parent) ?? [];
    const isSame =
      old.length === siblings.length && old.every(({ conceptId }, i) => conceptId === siblings[i]?.conceptId);
    if (isSame) for (const { conceptId, rank } of old) kept.set(conceptId, rank);
  }
  return kept;
}
