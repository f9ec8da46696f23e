import type { ConceptId } from '#taxonomy';
import { asKept, say } from '#words';
import { chooseGeneration, foremost, keepsMeaning } from './generation.ts';
import type { LoadedEntry, PastEntry } from './load-entries.ts';
import type { Link, Skipped, StuckBefore } from './load-ledger.ts';
import { maySucceed } from './policies.ts';
import { plan, type Held, type Plan, type Work } from './plan.ts';
import { keyFor } from './record-key.ts';
import {
  render,
  renderedHash,
  renderRetired,
  type NotRenderable,
  type Rendered,
  type RenderRules,
} from './render.ts';
import type { Turn } from './turn.ts';
import type { Below } from './without-occupied.ts';

export interface TurnPlan {
  readonly plan: Plan;
  /** Which of its records each concept is shown by. */
  readonly generations: ReadonlyMap<ConceptId, number>;
  /** False when another turn must follow: records end that others succeed, or those were made. */
  readonly isLast: boolean;
}

/** What was ending ends, old records do, their heirs are made, what stays is put below these, what has ended is deleted; one more shows that nothing is left. */
export const mostTurns = 6;

export interface TurnInput {
  readonly entries: readonly LoadedEntry[];
  readonly past: readonly PastEntry[];
  readonly links: readonly Link[];
  readonly stuck: readonly StuckBefore[];
  readonly skipped: readonly Skipped[];
  readonly turn: Pick<Turn, 'isInDoubt' | 'mayExist'>;
  readonly rules: RenderRules;
}

/** What one turn does for one target, from what its ledger says. */
export function planTurn(input: TurnInput): TurnPlan {
  const { entries, links, rules } = input;
  const linksOf = Map.groupBy(links, ({ conceptId }) => conceptId);
  const holders = findHolders(input);
  const work = toWork(input, linksOf, holders);
  const generations = new Map<ConceptId, number>([
    ...[...linksOf].map(([concept, all]) => [concept, foremost(all)?.generation ?? 1] as const),
    ...work.map(({ conceptId, generation }) => [conceptId, generation] as const),
  ]);
  // A turn in doubt leaves nothing out: afterwards, all that may be there unseen is known.
  const planned = plan(input.turn.isInDoubt ? work : withoutLater(work, links, rules), {
    uniqueCodes: rules.uniqueCodes,
    longestCode: rules.longestCode,
    holders,
    perhaps: findPerhaps(input),
    records: new Map(
      links.flatMap(({ conceptId, generation, state, parentId }) =>
        isThere(state) && generations.get(conceptId) === generation ? [[conceptId, parentId]] : [],
      ),
    ),
    below: findBelow(input, generations),
    codes: new Map(
      entries.flatMap(({ parentId, parentCode }) => (parentId && parentCode ? [[parentId, parentCode]] : [])),
    ),
  });
  const isLast = !planned.steps.some(
    ({ work }) => work.isSucceeded || work.takesOver || work.deletion === 'later',
  );
  return { plan: planned, generations, isLast };
}

/** Concepts whose record has a code, by the ledger or as a drift check found it, or, in a turn in doubt, may have it unseen. */
function findHolders({ links, entries, turn: { isInDoubt } }: TurnInput): Map<string, ConceptId[]> {
  const holders = new Map<string, ConceptId[]>();
  const add = (code: string, conceptId: ConceptId): void => {
    const known = holders.get(code);
    if (!known) holders.set(code, [conceptId]);
    else if (!known.includes(conceptId)) known.push(conceptId);
  };
  for (const { code, foundCode, conceptId, state } of links) {
    if (state === 'deleted') continue;
    add(code, conceptId);
    if (foundCode !== null) add(foundCode, conceptId);
  }
  if (isInDoubt)
    for (const { conceptId, pastCodes } of entries) for (const code of pastCodes ?? []) add(code, conceptId);
  return holders;
}

/** Concepts that got stuck in doubt, and may have a record of which nobody knows, by the codes that it may have. */
function findPerhaps({ entries, stuck, turn: { isInDoubt } }: TurnInput): Map<string, ConceptId[]> {
  const unseen = unseenOf(stuck);
  if (isInDoubt || unseen.size === 0) return new Map();
  const pairs = entries.flatMap(({ conceptId, pastCodes }) =>
    unseen.has(conceptId) ? (pastCodes ?? []).map((code) => ({ code, conceptId })) : [],
  );
  return new Map(
    [...Map.groupBy(pairs, ({ code }) => code)].map(([code, all]) => [
      code,
      all.map(({ conceptId }) => conceptId),
    ]),
  );
}

/** What stands below each concept by the ledger, and records of which nobody knows below all concepts that they may have been made below. */
function findBelow(
  { entries, links, stuck, turn: { mayExist } }: TurnInput,
  generations: ReadonlyMap<ConceptId, number>,
): Map<ConceptId | null, Below[]> {
  const known = links.filter(({ state }) => isThere(state));
  const seen = new Set(known.map(keyFor));
  // What the last turn lost is not noted yet as to be looked for.
  const unseen = unseenOf(mayExist ? stuck : stuck.filter(({ mayStand }) => mayStand));
  const perhaps = entries.flatMap(({ conceptId, code, pastParents }) => {
    const record = { conceptId, generation: generations.get(conceptId) ?? 1, code };
    if (!unseen.has(conceptId) || seen.has(keyFor(record))) return [];
    return (pastParents ?? []).map((parentId) => ({ ...record, parentId }));
  });
  return Map.groupBy([...known, ...perhaps], ({ parentId }) => parentId);
}

const unseenOf = (stuck: readonly StuckBefore[]): ReadonlySet<ConceptId> =>
  new Set(stuck.flatMap(({ conceptId, mayExist }) => (mayExist ? [conceptId] : [])));

function toWork(
  { entries, past, stuck, skipped, turn, rules }: TurnInput,
  linksOf: ReadonlyMap<ConceptId, Link[]>,
  holders: ReadonlyMap<string, readonly ConceptId[]>,
): Work[] {
  const { isInDoubt, mayExist } = turn;
  const skippedFor = new Map(skipped.map(({ conceptId, reason }) => [conceptId, reason]));
  const stuckBefore = new Map(stuck.map((row) => [row.conceptId, row]));
  const owners = new Map<string, ConceptId>(
    entries.flatMap(({ code, notes, conceptId }) => (notes === null ? [] : [[code, conceptId]])),
  );
  const retiredCodes = new Set<string>();
  return entries.map((entry): Work => {
    const { conceptId, goneOn, notes } = entry;
    const links = linksOf.get(conceptId) ?? [];
    const before = stuckBefore.get(conceptId);
    const isTaken = (code: string): boolean =>
      isInDoubt ||
      retiredCodes.has(code) ||
      links.some((link) => link !== foremost(links) && link.state !== 'deleted' && link.code === code) ||
      (holders.get(code) ?? []).some((holder) => holder !== conceptId);
    const isReused = (code: string): boolean => (owners.get(code) ?? conceptId) !== conceptId;
    const choice =
      notes === null
        ? ({ is: 'record', generation: (foremost(links) ?? links.at(-1))?.generation ?? 1 } as const)
        : chooseGeneration(links, { code: entry.code, notes }, isReused, rules.policies);
    const chosen = links.find(({ generation }) => generation === choice.generation);
    const stale = isInDoubt || before?.isRefused ? undefined : staleOf(links, chosen);
    const link = stale ?? chosen;
    const generation = link?.generation ?? choice.generation;
    const ends = stale ?? (choice.is === 'ends' ? chosen : undefined);
    const keeps =
      ends ??
      (notes === null &&
      chosen &&
      past.some((each) => isMeantBy(each, chosen)) &&
      keepsMeaning(chosen, { code: entry.code, notes: entry.lastNotes }, isReused, rules.policies)
        ? chosen
        : undefined);
    const held = link ? asHeld(link) : null;
    const place = isInDoubt ? null : placeIn(linksOf, held ? held.parentId : entry.parentId);
    const isDeleted = link?.state === 'deleted';
    const deletion =
      goneOn !== null && !keeps && rules.policies.retire === 'delete' ? deletionOf(link, isInDoubt) : 'no';
    const skippedBecause = skippedFor.get(conceptId);
    const content =
      skippedBecause !== undefined
        ? { reason: asKept(say`skipped by an operator: ${skippedBecause}`) }
        : contentOf(entry, generation, keeps, place, past, rules, isTaken);
    if (!('reason' in content) && !content.active) retiredCodes.add(content.code);
    const wanted = 'reason' in content ? content : { content, hash: renderedHash(content) };
    const isRefused = !isInDoubt && before?.isRefused && 'hash' in wanted && before.hash === wanted.hash;
    return {
      conceptId,
      code: entry.code,
      title: entry.titles[rules.language]?.official ?? '',
      wanted,
      generation,
      notes,
      isSucceeded: ends !== undefined,
      takesOver: 'active' in content && content.active && isTakeover(links, link, rules),
      held,
      deletion,
      // What is stuck may be the other record, which is left until it is time to ask again.
      wasStuck: before !== undefined && (stale !== undefined || staleOf(links, chosen) === undefined),
      refusedBefore: isRefused ? before.reason : null,
      failsAlone: before?.failsAlone ?? false,
      resend: isInDoubt && !isDeleted,
      foundCode: link?.foundCode ?? null,
      // What is not wanted now was not sent by an attempt at this very revision.
      mayExist:
        !isDeleted &&
        ((mayExist && goneOn === null) ||
          isInDoubt ||
          link?.state === 'pending' ||
          (before?.mayExist ?? false)),
    };
  });
}

/** A record beside the chosen one that should be out of use, and nobody knows whether it is, or that was to be deleted: it ends first. */
const staleOf = (links: readonly Link[], chosen: Link | undefined): Link | undefined =>
  links.find(
    (link) => link !== chosen && (link.state === 'leaving' || (link.state === 'ended' && link.hash === null)),
  );

/** Of the record of an entry that has left the map. What ended before the profile said so stays. */
function deletionOf(link: Link | undefined, isInDoubt: boolean): Work['deletion'] {
  if (link?.state === 'ended' || link?.state === 'deleted') return 'no';
  return link?.state === 'leaving' && link.hash !== null && !isInDoubt ? 'now' : 'later';
}

const isMeantBy = ({ conceptId, code, notes }: PastEntry, link: Link): boolean =>
  conceptId === link.conceptId && code === link.usedCode && notes === link.usedNotes;

const isThere = (state: Link['state']): boolean => state !== 'pending' && state !== 'deleted';

/**
 * Whether showing the entry makes or opens a record that may stand beside another of its concept, then or later. Where
 * records are never succeeded, one that ended is the only one.
 */
function isTakeover(links: readonly Link[], link: Link | undefined, { policies }: RenderRules): boolean {
  if (!link) return links.length > 0;
  return link.state !== 'current' && (maySucceed(policies) || links.length > 1);
}

const asHeld = ({ state, code, parentId, hash }: Link): Held | null =>
  state === 'pending' || state === 'deleted' ? null : { state, code, parentId, hash };

/** Below a concept without a record nothing can be put: what is out of use goes to the top then. */
const placeIn = (linksOf: ReadonlyMap<ConceptId, Link[]>, parentId: ConceptId | null): ConceptId | null =>
  parentId !== null && linksOf.get(parentId)?.some(({ state }) => state !== 'deleted') ? parentId : null;

/**
 * What the record must say. One that goes out of use stays where the target has it; where nobody knows that, it goes to
 * the top. One that keeps its meaning says what it said while it was in use.
 * @param kept the record, where it ends as what it meant, whatever its entry is
 * @param parentId where a record stands that goes out of use
 */
function contentOf(
  entry: LoadedEntry,
  generation: number,
  kept: Link | undefined,
  parentId: ConceptId | null,
  past: readonly PastEntry[],
  rules: RenderRules,
  isTaken: (code: string) => boolean,
): Rendered | NotRenderable {
  const { goneOn } = entry;
  if (kept) {
    const meant = past.find((each) => isMeantBy(each, kept));
    const as = { ...entry, generation, ...(meant && { level: meant.level, titles: meant.titles }) };
    const code = meant?.code ?? kept.usedCode ?? entry.code;
    // Its suffix names it, unless it has the plain one already: whether another record of that day has that is not asked.
    const isOthers = (plain: string): boolean => plain !== kept.code;
    return renderRetired({ ...as, code, parentId }, meant?.goneOn ?? entry.since, rules, isOthers);
  }
  if (goneOn === null) return render(entry, rules);
  return renderRetired({ ...entry, generation, parentId }, goneOn, rules, isTaken);
}

/**
 * What a later turn must do, because this one does not get so far: what goes below a record that is succeeded waits for its
 * heir; what needs a code waits while another record than the one at hand of its concept has it, or one that waits itself.
 */
function withoutLater(work: readonly Work[], links: readonly Link[], { uniqueCodes }: RenderRules): Work[] {
  const ending = new Map(
    work.flatMap(({ conceptId, generation, isSucceeded, refusedBefore }) =>
      isSucceeded && refusedBefore === null ? [[conceptId, generation] as const] : [],
    ),
  );
  if (ending.size === 0) return [...work];
  const linksOfCode = Map.groupBy(
    uniqueCodes ? links.filter(({ state }) => isThere(state)) : [],
    ({ code }) => code,
  );
  const later = new Set<ConceptId>();
  const staysThisTurn = ({ conceptId, generation }: Link): boolean =>
    later.has(conceptId) || (ending.get(conceptId) ?? generation) !== generation;
  const isLater = ({ conceptId, wanted, held }: Work): boolean =>
    'content' in wanted &&
    wanted.content.active &&
    held?.hash !== wanted.hash &&
    !ending.has(conceptId) &&
    ((wanted.content.parentId !== null &&
      (ending.has(wanted.content.parentId) || later.has(wanted.content.parentId))) ||
      (linksOfCode.get(wanted.content.code) ?? []).some(
        (link) => link.conceptId !== conceptId && staysThisTurn(link),
      ));
  let left = [...work];
  for (let size = -1; size !== later.size;) {
    size = later.size;
    for (const item of left) if (isLater(item)) later.add(item.conceptId);
    left = left.filter(({ conceptId }) => !later.has(conceptId));
  }
  return left;
}
