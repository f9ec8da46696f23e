import type { Hash, Steps } from '#taxonomy';
import { editionOn } from './merge-onto.ts';
import { standOn, type Base, type ChangesOfDraft, type Standing } from './stand-on.ts';

/** An approved set that waits for its day. Sets are in the order in which they come into force: day, then seal. */
export interface SealedSet extends ChangesOfDraft {
  readonly id: string;
  readonly effectiveDate: string;
  readonly sealPosition: number;
  readonly version: number;
  /** Content hash of the map on its day, and of the map that it stands on. */
  readonly sealedHash: Hash;
  readonly sealedOn: Hash;
  /** Label of the edition with which it comes into force. */
  readonly sealedEdition: string;
  /** Number of the revision in force below the chain; null for one that was sealed before it was kept. */
  readonly sealedOnRevision: number | null;
}

/** The map in force as far as a chain must know it: a revision may have the content hash of its base. */
export type InForce = Pick<Base, 'revision' | 'contentHash' | 'edition'>;

type Place = Pick<
  SealedSet,
  'sealedOn' | 'sealedOnRevision' | 'sealedHash' | 'sealedEdition' | 'edition' | 'baseEdition'
>;

/** Index of the first set that does not stand where it must, on the map in force or the sealed set before it, or with the edition of that. */
export function firstOutdated(head: InForce, sets: readonly Place[]): number {
  let { contentHash: on, edition } = head;
  return sets.findIndex((set) => {
    edition = editionOn(set, edition);
    const isOutdated =
      set.sealedOnRevision !== head.revision || set.sealedOn !== on || set.sealedEdition !== edition.label;
    on = set.sealedHash;
    return isOutdated;
  });
}

export interface Restood {
  readonly set: SealedSet;
  readonly standing: Standing;
  /** The map that it stands on now. */
  readonly on: Base;
}

/**
 * Brings sealed sets onto the map in force, one on the other. One that has a conflict is left out for those after it:
 * it goes back to a person.
 * @returns the standing of each set, and the map after all that hold
 */
export function* restand(
  scheme: string,
  head: Base,
  sets: readonly SealedSet[],
): Steps<{ standings: Restood[]; last: Base }> {
  let base = head;
  const standings: Restood[] = [];
  for (const set of sets) {
    const standing = yield* standOn(scheme, set, base);
    standings.push({ set, standing, on: base });
    if (standing.holds) base = standing.next;
  }
  return { standings, last: base };
}

/** The sets that come into force before one that is sealed now for a day: also those of the same day, which were first. */
export function before(day: string, sets: readonly SealedSet[]): SealedSet[] {
  return sets.filter(({ effectiveDate }) => effectiveDate <= day);
}
