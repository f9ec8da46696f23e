import type { Policies } from './policies.ts';

/** A record that a target has, or may have (`pending`), of a concept. */
export interface Generation {
  readonly generation: number;
  readonly state: 'current' | 'ended' | 'pending';
  /** Code and hash of the notes under which it was last in use; null where nobody noted it. */
  readonly usedCode: string | null;
  readonly usedNotes: string | null;
}

export interface Meaning {
  readonly code: string;
  readonly notes: string;
}

/** The record in use; else the one that is about to be made; else the last one that was in use, or the last one. */
export function foremost<T extends Generation>(generations: readonly T[]): T | undefined {
  return (
    generations.find(({ state }) => state === 'current') ??
    generations.find(({ state }) => state === 'pending') ??
    generations.findLast(({ usedCode }) => usedCode !== null) ??
    generations.at(-1)
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
  if (!held) return { is: 'record', generation: 1 };
  if (held.state === 'pending' || !mustSucceed(held, wanted, isReused, policies)) {
    return { is: 'record', generation: held.generation };
  }
  if (held.state === 'current') return { is: 'ends', generation: held.generation };
  const meant = generations.findLast((each) => isOf(each, wanted));
  const last = Math.max(...generations.map(({ generation }) => generation));
  return { is: 'record', generation: meant?.generation ?? last + 1 };
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

const isOf = ({ usedCode, usedNotes }: Generation, { code, notes }: Meaning): boolean =>
  usedCode === code && (usedNotes === null || usedNotes === notes);
