import { recalled, say, type Sentence } from '#words';
import type { Work } from '../delivery/plan.ts';
import type { Asked } from './ask-target.ts';
import type { Foreseen } from './foresee.ts';
import type { RefusedItem } from './schemas.ts';

/** An entry that a target would not take, before its reason is said in a language. */
export interface RefusedEntry extends Omit<RefusedItem, 'reason'> {
  readonly reason: Sentence | string;
}

export interface Rehearsed {
  /** In order of code. */
  readonly items: readonly RefusedEntry[];
  /** Why it would take nothing at all. */
  readonly reason: Sentence | string | null;
  /** Why nobody knows what only the target can tell. */
  readonly notRehearsed: Sentence | null;
}

/** What a target would refuse of a set: by what was foreseen, and by what it says itself. */
export function readsAs({ stopped, given }: Foreseen, asked: Asked): Rehearsed {
  const foreseen = stopped.map(({ work, class: is, reason }): RefusedEntry => ({
    ...named(work),
    class: is,
    reason: recalled(reason),
  }));
  const taken = asked.is === 'answered' ? [...asked.taken] : [];
  const items = [
    ...foreseen,
    ...taken.flatMap(([code, externalId]): RefusedEntry[] => {
      const work = given.get(code);
      const reason = say`the code ${code} is taken there by a record that is not ours: ${externalId}`;
      return work ? [{ ...named(work), class: 'rejected', reason }] : [];
    }),
  ];
  return {
    items: items.toSorted((a, b) => (a.code < b.code ? -1 : +(a.code > b.code))),
    reason: asked.is === 'refuses' ? asked.reason : null,
    notRehearsed: asked.is === 'silent' ? say`not rehearsed: ${asked.reason}` : null,
  };
}

const named = ({ code, title, conceptId }: Work) => ({ code, title, conceptId });
