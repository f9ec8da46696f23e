import type { Policies } from './policies.ts';

/** A record that a target has, may have (`pending`) or had (`deleted`) of a concept; one that is `leaving` has ended and is to be deleted. */
export interface Generation {
  readonly generation: number;
  readonly state: 'current' | 'ended' | 'leaving' | 'deleted' | 'pending';
  /** Code and hash of the notes under which it was last in use; null where nobody noted it. */
  readonly usedCode: string | null;
  readonly usedNotes: string | null;
}

export interface Meaning {
  readonly code: string;
  readonly notes: string;
}

/** The record in use; else the one that is about to be made; else the last one that was in use, or the last one that is there. */
export function foremost<T extends Generation>(generations: readonly T[]): T | undefined {
  const there = generations.filter(({ state }) => state !== 'deleted');
  return (
    there.find(({ state }) => state === 'current') ??
    there.find(({ state }) => state === 'pending') ??
    there.findLast(({ usedCode }) => usedCode !== null) ??
    there.at(-1)
  );
}

/** Which record of a concept shows an entry. */
export type Choice =
  | { readonly is: 'record'; readonly generation: number }
  /** The record in use must end first; a later turn chooses another one. */
  | { readonly is: 'ends'; readonly generation: number };

/**
 * @param generations of a concept at a target, in their order
 * @param wanted what the entry means in the desired revision
 * @param isReused whether another entry has a code now
 */
export function chooseGeneration(
  generations: readonly Generation[],
  wanted: Meaning,
  isReused: (code: string) => boolean,
  policies: Policies,
): Choice {
  const held = foremost(generations);
  const last = Math.max(0, ...generations.map(({ generation }) => generation));
  if (!held) return { is: 'record', generation: last + 1 };
  if (held.state === 'pending' || !mustSucceed(held, wanted, isReused, policies)) {
    return { is: 'record', generation: held.generation };
  }
  if (held.state === 'current') return { is: 'ends', generation: held.generation };
  const fitting = generations.filter((each) => isOf(each, wanted));
  // Before one of which nobody knows by which notes it was used: a twin, or one that was there before us.
  const meant = fitting.find(({ usedNotes }) => usedNotes !== null) ?? fitting.at(-1);
  return { is: 'record', generation: meant?.generation ?? last + 1 };
}

/**
 * Whether a record of an entry that left the map keeps what it meant itself, because the entry was something else in the end: one
 * in use would have been succeeded on the way there, and one that has ended was.
 * @param last what the entry meant in the end; null notes: nobody knows
 */
export function keepsMeaning(
  record: Generation,
  last: { readonly code: string; readonly notes: string | null },
  isReused: (code: string) => boolean,
  policies: Policies,
): boolean {
  const end = { code: last.code, notes: last.notes ?? record.usedNotes ?? '' };
  return record.state === 'current'
    ? mustSucceed(record, end, isReused, policies)
    : mayBeSucceeded(record, end, policies);
}

/** Whether a record is succeeded if its code is another entry's, or if it is not: whoever reads few entries does not know. */
export function mayBeSucceeded(record: Generation, wanted: Meaning, policies: Policies): boolean {
  return [true, false].some((isReused) => mustSucceed(record, wanted, () => isReused, policies));
}

function mustSucceed(
  { usedCode, usedNotes }: Generation,
  { code, notes }: Meaning,
  isReused: (code: string) => boolean,
  policies: Policies,
): boolean {
  if (usedCode === null) return false;
  const isRedefined = usedNotes !== null && usedNotes !== notes;
  const policy = isReused(usedCode) ? policies.reused : policies.renumbered;
  return (isRedefined && policies.redefined === 'succeed') || (usedCode !== code && policy === 'succeed');
}

const isOf = ({ state, usedCode, usedNotes }: Generation, { code, notes }: Meaning): boolean =>
  state !== 'deleted' && usedCode === code && (usedNotes === null || usedNotes === notes);
