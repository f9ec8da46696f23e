import { comparableLevels } from './comparable-level.ts';
import {
  changeKinds,
  type Change,
  type ChangeKind,
  type SuccessionLink,
  type Successions,
} from './change.ts';
import type { Code, ConceptId, Entries, Entry } from './entry.ts';
import { sameValue } from './equality.ts';
import { orderOf, type CodeGrammar } from './grammar.ts';
import { placer } from './place.ts';
import { reorderedConcepts } from './reordered.ts';
import { successionOf } from './succession.ts';

/** What a diff knows beside the two maps. */
export interface DiffContext {
  readonly grammar: CodeGrammar;
  readonly successions?: Pick<Successions, 'links'>;
  /** Concepts of older revisions that the base does not hold: bringing one back is `reactivated`. */
  readonly formerConcepts?: ReadonlySet<ConceptId>;
}

/** The kinds of one change as bits, in the order of `changeKinds`. */
type Kinds = number;
const bit = (kind: ChangeKind): Kinds => 1 << changeKinds.indexOf(kind);
const [created, reactivated, retitled, redefined] = [
  bit('created'),
  bit('reactivated'),
  bit('retitled'),
  bit('redefined'),
];
const [renumbered, moved, attributes, reordered, retired] = [
  bit('renumbered'),
  bit('moved'),
  bit('attributes-changed'),
  bit('reordered'),
  bit('retired'),
];

/**
 * All changes that turn `base` into `next`, one for each concept that differs, in order of code (retired ones by
 * their old code, and after all others). Both maps may be parts of a whole, as long as they hold the same concepts
 * around each difference: its ancestors, the siblings whose order matters, and those that a succession names with
 * their ancestors.
 */
export function diff(base: Entries, next: Entries, context: DiffContext): Change[] {
  const { grammar, formerConcepts, successions: { links } = { links: [] } } = context;
  const kindsOf = differences(base, next, formerConcepts);
  for (const id of reorderedConcepts(base, next, kindsOf))
    kindsOf.set(id, (kindsOf.get(id) ?? 0) | reordered);
  if (kindsOf.size === 0) return [];

  const heldBefore = holders(base, next, kindsOf);
  const placeBefore = placer(grammar, base);
  const placeAfter = placer(grammar, next);
  const comparableLevel = comparableLevels(grammar, base, next);
  const successions = successionOf(links, base, next);
  const successors = groupLinks(links, 'predecessor', 'successor');
  const predecessors = groupLinks(links, 'successor', 'predecessor');
  const changes: { order: string; change: Change }[] = [];
  for (const [conceptId, kinds] of kindsOf) {
    const old = base.get(conceptId);
    const entry = next.get(conceptId);
    const before = old ? placeBefore(old) : null;
    const after = entry ? placeAfter(entry) : null;
    const holder = entry?.code ? heldBefore.get(entry.code) : undefined;
    const succession = successions.get(conceptId);
    const isRedefined = (kinds & redefined) !== 0;
    const isMoved = (kinds & moved) !== 0;
    const change = {
      conceptId,
      kinds: namesOf(kinds),
      before,
      after,
      causedBy: entry ? causeOf(entry, next, kindsOf) : null,
      codeReusedFrom: holder && holder !== conceptId ? holder : null,
      successors: successors.get(conceptId) ?? [],
      predecessors: predecessors.get(conceptId) ?? [],
      successionKind: succession?.kind ?? null,
      continues: after !== null && successors.has(conceptId),
      comparableLevel: comparableLevel({ before, after, isRedefined, isMoved, succession }),
    };
    const code = (after ?? before)?.code ?? '';
    changes.push({ order: `${after ? 0 : 1}${orderOf(grammar, code)} ${conceptId}`, change });
  }
  return changes.sort(byOrder).map(({ change }) => change);
}

/** How each concept differs in what it says and where it stands; the order of siblings is left out. */
function differences(
  base: Entries,
  next: Entries,
  former: ReadonlySet<ConceptId> | undefined,
): Map<ConceptId, Kinds> {
  const kindsOf = new Map<ConceptId, Kinds>();
  for (const [id, before] of base) {
    const after = next.get(id);
    const kinds = after ? compare(before, after) : retired;
    if (kinds) kindsOf.set(id, kinds);
  }
  for (const id of next.keys()) if (!base.has(id)) kindsOf.set(id, former?.has(id) ? reactivated : created);
  return kindsOf;
}

function compare(before: Entry, after: Entry): Kinds {
  if (before === after) return 0;
  return (
    (sameValue(before.titles, after.titles) ? 0 : retitled) |
    (sameValue(before.notes, after.notes) ? 0 : redefined) |
    (before.code === after.code ? 0 : renumbered) |
    (before.parentId === after.parentId ? 0 : moved) |
    (sameValue(before.attributes, after.attributes) ? 0 : attributes)
  );
}

const named = new Map<Kinds, readonly ChangeKind[]>();

function namesOf(kinds: Kinds): readonly ChangeKind[] {
  let names = named.get(kinds);
  if (!names) named.set(kinds, (names = changeKinds.filter((kind) => kinds & bit(kind))));
  return names;
}

/** An entry is renumbered because of its ancestor when it kept its parent and that parent is renumbered or moved itself. */
function causeOf(entry: Entry, next: Entries, kindsOf: ReadonlyMap<ConceptId, Kinds>): ConceptId | null {
  const relocated = renumbered | moved;
  let cause: ConceptId | null = null;
  let kinds = kindsOf.get(entry.conceptId) ?? 0;
  let parentId = entry.parentId;
  while (parentId && kinds & relocated && !(kinds & moved)) {
    kinds = kindsOf.get(parentId) ?? 0;
    if (!(kinds & relocated)) break;
    cause = parentId;
    parentId = next.get(parentId)?.parentId ?? null;
  }
  return cause;
}

/** Who carried, in the base, a code that a concept of `next` gets. */
function holders(base: Entries, next: Entries, kindsOf: ReadonlyMap<ConceptId, Kinds>): Map<Code, ConceptId> {
  const given = new Set<Code>();
  for (const [id, kinds] of kindsOf) {
    const code = kinds & (created | reactivated | renumbered) ? next.get(id)?.code : null;
    if (code) given.add(code);
  }
  const byCode = new Map<Code, ConceptId>();
  if (given.size === 0) return byCode;
  for (const { code, conceptId } of base.values()) if (code && given.has(code)) byCode.set(code, conceptId);
  return byCode;
}

function groupLinks(
  links: readonly SuccessionLink[],
  from: keyof SuccessionLink,
  to: keyof SuccessionLink,
): Map<ConceptId, ConceptId[]> {
  const groups = new Map<ConceptId, ConceptId[]>();
  for (const link of links) {
    const group = groups.get(link[from]);
    if (group) group.push(link[to]);
    else groups.set(link[from], [link[to]]);
  }
  return groups;
}

function byOrder(a: { order: string }, b: { order: string }): number {
  return a.order < b.order ? -1 : 1;
}
