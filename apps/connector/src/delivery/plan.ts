import type { ConceptId, Hash } from '#taxonomy';
import { asKept, say } from '#words';
import { order, type Dependency } from './order.ts';
import { putLast } from './put-last.ts';
import { parkedCode, renderedHash, type Rendered } from './render.ts';
import { waitsForRecord } from './waits-for-record.ts';
import { belowOf, withoutOccupied, type Below } from './without-occupied.ts';

/** What a target holds of a concept, as it last acknowledged it. */
export interface Held {
  readonly state: 'current' | 'ended' | 'leaving';
  readonly code: string;
  readonly parentId: ConceptId | null;
  /** null: its content is in doubt. */
  readonly hash: Hash | null;
}

export interface Wanted {
  readonly content: Rendered;
  readonly hash: Hash;
}

/** One concept to look at. */
export interface Work {
  readonly conceptId: ConceptId;
  /** The code that people know it by. */
  readonly code: string;
  readonly title: string;
  /** What the record must say (out of use, when the entry is gone), or why it cannot be said. */
  readonly wanted: Wanted | { readonly reason: string };
  /** Which of the concept's records it is about, from 1. */
  readonly generation: number;
  /** Hash of the entry's notes, where it is in use. */
  readonly notes: string | null;
  /** The record ends because another one succeeds it, which a later turn makes. */
  readonly isSucceeded: boolean;
  /** The record takes the place of another one of its concept. */
  readonly takesOver: boolean;
  readonly held: Held | null;
  /** The record is deleted: after it has ended, so that whatever is about to use it cannot; then nothing is written to it. */
  readonly deletion: 'no' | 'later' | 'now';
  /** Stuck until now. */
  readonly wasStuck: boolean;
  /** The target refused this very content, and it is not time to ask again: its words. */
  readonly refusedBefore: string | null;
  /** The target failed on it when it was last sent, where it took others. */
  readonly failsAlone: boolean;
  /** Send it even when the target acknowledged the same, because later requests may have changed it unseen. */
  readonly resend: boolean;
  /** Code that the record has there, where a drift check saw that it must be mended, or has another one than the ledger knows; of one that is gone, had. */
  readonly foundCode: string | null;
  /** Without a link, the target may have a record of it nevertheless, made by a request whose answer was lost. */
  readonly mayExist: boolean;
}

/** A write that the plan asks for. */
export interface PlannedStep {
  readonly work: Work;
  readonly content: Rendered;
  /** null: the record stands aside under a parked code, and another step of the same concept follows. */
  readonly hash: Hash | null;
  /** It goes out of use below a record that is made before it; where the target does not make that one, it is put to the top. */
  readonly isBelowNew: boolean;
  /** Places in `Plan.steps` that must be done first, with the words for people when they are not. */
  readonly waitsFor: readonly { readonly step: number; readonly because: string }[];
}

export interface Stopped {
  readonly work: Work;
  readonly class: 'rejected' | 'waits';
  readonly reason: string;
}

export interface Plan {
  readonly steps: readonly PlannedStep[];
  /** Places in `steps`; those of one wave do not depend on one another. */
  readonly waves: readonly (readonly number[])[];
  readonly stopped: readonly Stopped[];
  /** Nothing to do: the target has it, or has no need of it. */
  readonly settled: readonly Work[];
}

/** What the plan must know of the target beside the work. */
export interface Surroundings {
  readonly uniqueCodes: boolean;
  readonly longestCode: number;
  /** Concepts whose record has a code, or may have it unseen; at least for every code that is wanted. */
  readonly holders: ReadonlyMap<string, readonly ConceptId[]>;
  /** Concepts whose record, of which nobody knows, may have a code: they rather free it first, and nobody waits for those that stay. */
  readonly perhaps: ReadonlyMap<string, readonly ConceptId[]>;
  /** Concepts that have a record, with the concept that it stands below; at least the work and all that it stands, or will stand, below. */
  readonly records: ReadonlyMap<ConceptId, ConceptId | null>;
  /** Records that stand below a concept's, or may, unseen; at least for those that are deleted now. */
  readonly below: ReadonlyMap<ConceptId | null, readonly Below[]>;
  /** Codes of the parents, for people. */
  readonly codes: ReadonlyMap<ConceptId, string>;
}

export interface Draft extends Wanted {
  readonly work: Work;
  /** The concept whose record must be there, or in its new place, before this one's. */
  readonly needs: ConceptId | null;
}

/**
 * The steps that make a target equal to what is wanted, in waves: a parent's record before its children's, a parent
 * out of use or deleted after its children, and whoever frees a code before whoever takes it. Where codes go round in a circle,
 * one of them is parked first. What the target is known to fail on comes after all else. What cannot be done now stops only itself, what needs its record, and what needs its code; what goes
 * out of use waits for no parent, but goes to the top where that has no record.
 */
export function plan(work: readonly Work[], surroundings: Surroundings): Plan {
  const { going, stopped, settled } = sort(work, surroundings);
  const staying = [...stopped.map(({ work }) => work), ...settled];
  const { drafts: unblocked, waiting } = withoutBlocked(going, staying, surroundings);
  const { drafts: free, occupied } = withoutOccupied(unblocked, surroundings.below);
  const dependencies = findDependencies(free, surroundings);
  const { waves: soonest, parked } = order(free.length, dependencies);
  const failing = free.flatMap(({ work }, place) => (work.failsAlone ? [place] : []));
  const later = putLast(soonest, dependencies, failing);
  const waves = soonest.map((wave, place) => wave + at(later, place));
  const drafts = putEnding(free, waves, surroundings);
  const cut = new Set(parked);
  const aside = [...new Set(parked.map(({ on }) => on))];
  const parking = aside.map((place) => parkingDraft(at(drafts, place), surroundings.longestCode));
  const waits = [
    ...dependencies.filter((dependency) => dependency.kind !== 'order' && !cut.has(dependency)),
    ...parked.map(({ step, on }): Dependency => ({
      step,
      on: drafts.length + aside.indexOf(on),
      kind: 'code',
    })),
    ...aside.map((step, i): Dependency => ({ step, on: drafts.length + i, kind: 'code' })),
  ];
  const all = [...drafts, ...parking];
  const waitsOf = Map.groupBy(waits, ({ step }) => step);
  const steps = all.map((draft, place) => ({
    ...draft,
    isBelowNew: isBelowNew(draft, surroundings),
    waitsFor: (waitsOf.get(place) ?? []).map(({ on, kind }) => ({
      step: on,
      because:
        kind === 'record'
          ? waitsForRecord(at(all, on).work.code)
          : waitsForCode(draft, at(all, on).work.code),
    })),
  }));
  const inWaves = group([...waves, ...aside.map((place) => at(later, place))]);
  return { steps, waves: inWaves, stopped: [...stopped, ...waiting, ...occupied], settled };
}

function sort(
  work: readonly Work[],
  surroundings: Surroundings,
): { going: Draft[]; stopped: Stopped[]; settled: Work[] } {
  const going: Draft[] = [];
  const stopped: Stopped[] = [];
  const settled: Work[] = [];
  const needs = needsIn(work, surroundings);
  for (const item of work) {
    if ('reason' in item.wanted) stopped.push({ work: item, class: 'rejected', reason: item.wanted.reason });
    else if (isSettled(item, item.wanted)) settled.push(item);
    else if (item.refusedBefore !== null)
      stopped.push({ work: item, class: 'rejected', reason: item.refusedBefore });
    else going.push({ work: item, ...item.wanted, needs: needs(item.wanted.content, item) });
  }
  const turning = inCircles(going);
  const waiting = [...turning].map(({ work, content }): Stopped => {
    const above = content.parentId ?? work.conceptId;
    return { work, class: 'waits', reason: waitsForRecord(surroundings.codes.get(above) ?? above) };
  });
  return { going: going.filter((draft) => !turning.has(draft)), stopped: [...stopped, ...waiting], settled };
}

/** What would come to stand below itself, because something between stays where it is. */
function inCircles(drafts: readonly Draft[]): ReadonlySet<Draft> {
  const drafted = new Map(drafts.map((draft) => [draft.work.conceptId, draft]));
  const turning = new Set<Draft>();
  const seen = new Set<Draft>();
  for (const draft of drafts) {
    const path = new Set<Draft>();
    let next: Draft | undefined = draft;
    for (; next && !seen.has(next); next = next.needs === null ? undefined : drafted.get(next.needs)) {
      seen.add(next);
      path.add(next);
    }
    if (!next || !path.has(next)) continue;
    const members = [...path];
    for (const member of members.slice(members.indexOf(next))) turning.add(member);
  }
  return turning;
}

/**
 * A record needs its parent's, where that is yet to be made. One that moves or is made also comes after the nearest of
 * those above it that moves: from the top down no record ever comes to stand below itself. What may have changed unseen
 * counts as moving, and so does what was about to be deleted, because it may be gone.
 */
function needsIn(
  work: readonly Work[],
  { records }: Surroundings,
): (content: Rendered, work: Work) => ConceptId | null {
  const mayMove = new Set(
    work.flatMap(({ conceptId, wanted, resend, held }) => {
      if ('reason' in wanted) return [];
      const mayBeElsewhere =
        resend || held?.state === 'leaving' || held?.parentId !== wanted.content.parentId;
      return mayBeElsewhere ? [conceptId] : [];
    }),
  );
  const placeOf = new Map(
    work.flatMap(({ conceptId, wanted }) =>
      'content' in wanted ? [[conceptId, wanted.content.parentId]] : [],
    ),
  );
  return ({ parentId, active }, { conceptId }) => {
    if (parentId === null || !active) return null;
    if (!records.has(parentId)) return parentId;
    if (!mayMove.has(conceptId)) return null;
    for (let above: ConceptId | null = parentId; above !== null;) {
      if (mayMove.has(above)) return above;
      above = placeOf.get(above) ?? records.get(above) ?? null;
    }
    return null;
  };
}

function isSettled({ held, deletion, resend, mayExist }: Work, { content, hash }: Wanted): boolean {
  if (resend) return false;
  if (!content.active && held === null) return !mayExist;
  if (!content.active) return deletion === 'no' && held?.state === 'ended' && held.hash !== null;
  return held !== null && held.hash === hash;
}

/** Takes out what needs the record or the code of something that does not move, and so on until nothing more falls. */
function withoutBlocked(
  going: readonly Draft[],
  staying: readonly Work[],
  { uniqueCodes, holders, codes }: Surroundings,
): { drafts: Draft[]; waiting: Stopped[] } {
  const moving = new Set(going.map(({ work }) => work.conceptId));
  const stays = new Map(staying.map((work) => [work.conceptId, work]));
  const below = Map.groupBy(going, ({ needs }) => needs);
  const takers = new Map<ConceptId, Draft[]>();
  for (const draft of uniqueCodes ? going : []) {
    for (const holder of holdersOf(draft, holders))
      takers.set(holder, [...(takers.get(holder) ?? []), draft]);
  }
  const waiting = new Map<ConceptId, Stopped>();
  const fallen: Work[] = [];
  const stop = ({ work }: Draft, reason: string): void => {
    if (waiting.has(work.conceptId)) return;
    waiting.set(work.conceptId, { work, class: 'waits', reason });
    fallen.push(work);
  };
  for (const [needed, drafts] of below) {
    if (needed === null || moving.has(needed)) continue;
    const code = stays.get(needed)?.code ?? codes.get(needed) ?? needed;
    for (const draft of drafts) stop(draft, waitsForRecord(code));
  }
  for (const [holder, drafts] of takers) {
    const held = stays.get(holder);
    if (held) for (const draft of drafts) stop(draft, waitsForCode(draft, held.code));
  }
  for (let work = fallen.pop(); work; work = fallen.pop()) {
    for (const draft of below.get(work.conceptId) ?? []) stop(draft, waitsForRecord(work.code));
    for (const taker of takers.get(work.conceptId) ?? []) stop(taker, waitsForCode(taker, work.code));
  }
  return { drafts: going.filter(({ work }) => !waiting.has(work.conceptId)), waiting: [...waiting.values()] };
}

function findDependencies(drafts: readonly Draft[], surroundings: Surroundings): Dependency[] {
  const { uniqueCodes, holders, perhaps, below } = surroundings;
  const places = new Map(drafts.map(({ work }, i) => [work.conceptId, i]));
  const placeOf = (id: ConceptId | null): number | undefined => (id === null ? undefined : places.get(id));
  return drafts.flatMap((draft, step) => {
    const found: Dependency[] = [];
    const needed = placeOf(draft.needs);
    if (needed !== undefined) found.push({ step, on: needed, kind: 'record' });
    const newParent = isBelowNew(draft, surroundings) ? placeOf(draft.content.parentId) : undefined;
    if (newParent !== undefined) found.push({ step, on: newParent, kind: 'order' });
    const oldParent = placeOf(draft.work.held?.parentId ?? null);
    if (oldParent !== undefined && !at(drafts, oldParent).content.active) {
      found.push({ step: oldParent, on: step, kind: 'order' });
    }
    for (const { conceptId } of draft.work.deletion === 'now' ? belowOf(draft, below) : []) {
      const on = placeOf(conceptId);
      if (on !== undefined) found.push({ step, on, kind: 'record' });
    }
    for (const holder of uniqueCodes ? holdersOf(draft, holders) : []) {
      const on = placeOf(holder);
      if (on !== undefined) found.push({ step, on, kind: 'code' });
    }
    for (const holder of uniqueCodes ? holdersOf(draft, perhaps) : []) {
      const on = placeOf(holder);
      if (on !== undefined) found.push({ step, on, kind: 'order' });
    }
    return found;
  });
}

/** It goes out of use below a concept that has no record, and may get one. */
const isBelowNew = (
  { work, content: { active, parentId } }: Pick<Draft, 'work' | 'content'>,
  { records }: Surroundings,
): boolean => !active && work.deletion !== 'now' && parentId !== null && !records.has(parentId);

/** What goes out of use below a record that is not made before it goes to the top. */
function putEnding(
  drafts: readonly Draft[],
  waves: readonly number[],
  surroundings: Surroundings,
): readonly Draft[] {
  const ending = drafts.filter((draft) => isBelowNew(draft, surroundings));
  if (ending.length === 0) return drafts;
  const placeOf = new Map(drafts.map(({ work }, place) => [work.conceptId, place]));
  const isMadeBefore = ({ work, content: { parentId } }: Draft): boolean => {
    const above = parentId === null ? undefined : placeOf.get(parentId);
    if (above === undefined || !drafts[above]?.content.active) return false;
    return (waves[above] ?? 0) < (waves[placeOf.get(work.conceptId) ?? 0] ?? 0);
  };
  const atTop = new Set(ending.filter((draft) => !isMadeBefore(draft)));
  return drafts.map((draft) => {
    if (!atTop.has(draft)) return draft;
    const content = { ...draft.content, parentId: null };
    return { ...draft, content, hash: renderedHash(content) };
  });
}

/** The other records that carry the wanted code now, or may. */
function holdersOf({ work, content }: Draft, holders: Surroundings['holders']): ConceptId[] {
  if (work.deletion === 'now') return [];
  return (holders.get(content.code) ?? []).filter((holder) => holder !== work.conceptId);
}

/** The record gives up its code and stays where it is; at the top, where nobody knows where it is. */
function parkingDraft(
  { work, content }: Draft,
  longestCode: number,
): Omit<PlannedStep, 'waitsFor' | 'isBelowNew'> {
  const code = parkedCode(content.code, work.conceptId, longestCode);
  const parentId = work.resend ? null : (work.held?.parentId ?? null);
  return { work, content: { ...content, code, parentId }, hash: null };
}

function group(waves: readonly number[]): number[][] {
  const groups: number[][] = Array.from(
    { length: waves.reduce((most, wave) => Math.max(most, wave + 1), 0) },
    () => [],
  );
  waves.forEach((wave, step) => groups[wave]?.push(step));
  return groups.filter((steps) => steps.length > 0);
}

function at<T>(items: readonly T[], place: number): T {
  const item = items[place];
  if (item === undefined) throw new RangeError(`no item ${place} in a list of ${items.length}`);
  return item;
}

const waitsForCode = ({ content }: { content: Rendered }, holder: string): string =>
  asKept(say`waits for the code ${content.code}, which another record has (${holder})`);
