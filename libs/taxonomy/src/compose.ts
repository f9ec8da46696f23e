import type { Change, SuccessionLink } from './change.ts';
import {
  bit,
  causes,
  compareEntries,
  created,
  namesOf,
  redefined,
  reordered,
  retired,
  type Difference,
  type Differences,
} from './difference.ts';
import type { Code, ConceptId } from './entry.ts';
import { groupLinks, successionOf, untoldEnds } from './succession.ts';

/**
 * Two change sets as one: `apply(compose(diff(a, b), diff(b, c)), a) = c`. A concept that ends as it began has no change.
 * Successions are followed through both; history is comparable no deeper than across each of them. An entry that only
 * the first set names is placed as that set left it. A succession between two that neither set names, through one that
 * came and went in between, is left out: only a map could say what they are.
 *
 * For whoever holds change sets and no maps. Documents about two revisions need both maps whole anyway, and compare those.
 */
export function compose(first: readonly Change[], second: readonly Change[]): Change[] {
  const [one, two] = [byConcept(first), byConcept(second)];
  const differences: Differences = new Map();
  for (const conceptId of new Set([...one.keys(), ...two.keys()])) {
    const [a, b] = [one.get(conceptId), two.get(conceptId)];
    const before = (a ? a.before : b?.before) ?? undefined;
    const after = (b ? b.after : a?.after) ?? undefined;
    const isReordered = [a, b].some((change) => change?.kinds.includes('reordered'));
    if (before && after) {
      const said = compareEntries(before, after);
      // One that went and came back with another rank may stand elsewhere, too.
      const isElsewhere = before.rank !== after.rank && (isReordered || !said);
      const kinds = said | (isElsewhere ? reordered : 0);
      if (kinds) differences.set(conceptId, { conceptId, before, after, kinds });
    } else if (before) differences.set(conceptId, { conceptId, before, after, kinds: retired });
    else if (after) {
      const isFormer = a?.kinds.includes('reactivated') ?? b?.kinds.includes('reactivated');
      const kinds = isFormer ? bit('reactivated') : created;
      differences.set(conceptId, { conceptId, before, after, kinds });
    }
  }

  const links = composeLinks(one, two);
  for (const conceptId of untoldEnds(links, differences)) {
    const entry = (two.get(conceptId) ?? one.get(conceptId))?.after;
    if (entry) differences.set(conceptId, { conceptId, before: entry, after: entry, kinds: redefined });
  }
  const had = (id: ConceptId) => (one.get(id) ?? two.get(id))?.before !== null;
  const has = (id: ConceptId) => (two.get(id) ?? one.get(id))?.after !== null;
  const successions = successionOf(links, { has: had }, { has });
  const [successors, predecessors] = [groupLinks(links, 'predecessor'), groupLinks(links, 'successor')];
  const heldBefore = new Map(
    [...differences.values()].map(({ before, conceptId }) => [before?.code, conceptId]),
  );
  const holderOf = holdersBefore(one, two, heldBefore);
  const causeOf = causes((id) => differences.get(id));
  return [...differences.values()].map((difference) => {
    const { conceptId, kinds } = difference;
    const [a, b] = [one.get(conceptId), two.get(conceptId)];
    const before = (a ? a.before : b?.before) ?? null;
    const after = (b ? b.after : a?.after) ?? null;
    return {
      conceptId,
      kinds: namesOf(kinds),
      before,
      after,
      causedBy: causeOf(difference),
      codeReusedFrom: holderOf(difference),
      successors: successors.get(conceptId) ?? [],
      predecessors: predecessors.get(conceptId) ?? [],
      successionKind: successions.get(conceptId)?.kind ?? null,
      continues: after !== null && successors.has(conceptId),
      comparableLevel: Math.min(a?.comparableLevel ?? Infinity, b?.comparableLevel ?? Infinity),
    };
  });
}

/**
 * Who carried the code that a concept gets, before the first set or last before that: whom the change that gave it names,
 * unless the first set alone gave it to that one.
 */
function holdersBefore(
  one: ByConcept,
  two: ByConcept,
  heldBefore: ReadonlyMap<Code | null | undefined, ConceptId>,
): (difference: Difference) => ConceptId | null {
  return ({ conceptId, before, after }) => {
    const code = after?.code;
    if (!code || code === before?.code) return null;
    const held = heldBefore.get(code);
    if (held) return held;
    const [first, second] = [one.get(conceptId), two.get(conceptId)];
    const last = gave(second, code) ? second.codeReusedFrom : (first?.codeReusedFrom ?? null);
    const between = last === null ? undefined : one.get(last);
    const holder = gave(second, code) && gave(between, code) ? between.codeReusedFrom : last;
    return holder === conceptId ? null : holder;
  };
}

function gave(change: Change | undefined, code: Code): change is Change {
  return change?.after?.code === code && change.before?.code !== code;
}

type ByConcept = ReadonlyMap<ConceptId, Change>;

/** Whoever has a successor in between is followed by that one's successors, and by itself as long as it lives. */
function composeLinks(one: ByConcept, two: ByConcept): SuccessionLink[] {
  const [first, second] = [linksOf(one), linksOf(two)];
  const [then, later] = [groupLinks(first, 'predecessor'), groupLinks(second, 'predecessor')];
  const livesBetween = (id: ConceptId) =>
    one.has(id) ? one.get(id)?.after !== null : two.get(id)?.before !== null;
  const livesAfter = (id: ConceptId) => (two.get(id) ?? one.get(id))?.after !== null;
  const livedBefore = (id: ConceptId) => (one.get(id) ?? two.get(id))?.before !== null;
  return [...new Set([...then.keys(), ...later.keys()])].filter(livedBefore).flatMap((predecessor) => {
    const between = [...(then.get(predecessor) ?? []), ...(livesBetween(predecessor) ? [predecessor] : [])];
    const after = between.flatMap((id) => [...(later.get(id) ?? []), ...(livesAfter(id) ? [id] : [])]);
    return [...new Set(after)]
      .filter((successor) => successor !== predecessor)
      .map((successor) => ({ predecessor, successor }));
  });
}

/** A link stands on the change of either end, because a concept that goes on unchanged has none. */
function linksOf(changes: ByConcept): SuccessionLink[] {
  const links = new Map<string, SuccessionLink>();
  const add = (predecessor: ConceptId, successor: ConceptId) =>
    links.set(`${predecessor} ${successor}`, { predecessor, successor });
  for (const { conceptId, successors, predecessors } of changes.values()) {
    for (const successor of successors) add(conceptId, successor);
    for (const predecessor of predecessors) add(predecessor, conceptId);
  }
  return [...links.values()];
}

function byConcept(changes: readonly Change[]): ByConcept {
  return new Map(changes.map((change) => [change.conceptId, change]));
}
