import type { ConceptId } from '#taxonomy';
import type { Draft, Stopped } from './plan.ts';
import { keyFor, type RecordName } from './record-key.ts';
import { waitsForRecord } from './waits-for-record.ts';

/** A record that stands below another one. */
export interface Below extends RecordName {
  /** The code that it carries, for people. */
  readonly code: string;
}

export const belowOf = (
  { work }: Pick<Draft, 'work'>,
  below: ReadonlyMap<ConceptId | null, readonly Below[]>,
): readonly Below[] => below.get(work.conceptId) ?? [];

/**
 * Takes out the deletions of records that something stands below and does not leave: no target is trusted to refuse them, because
 * some would leave it without a parent, and some would delete it too. What only ends in this turn is deleted by the next one, and
 * so is what it stands below.
 */
export function withoutOccupied(
  drafts: readonly Draft[],
  below: ReadonlyMap<ConceptId | null, readonly Below[]>,
): { drafts: readonly Draft[]; occupied: Stopped[] } {
  const occupied: Stopped[] = [];
  for (let left = drafts; ;) {
    const found = findOccupied(left, below);
    if (found.size === 0) return { drafts: left, occupied };
    for (const [{ work }, reason] of found)
      if (reason !== null) occupied.push({ work, class: 'waits', reason });
    left = left.filter((draft) => !found.has(draft));
  }
}

/** With the words for people; null where the next turn goes on. */
function findOccupied(
  drafts: readonly Draft[],
  below: ReadonlyMap<ConceptId | null, readonly Below[]>,
): Map<Draft, string | null> {
  const draftOf = new Map(drafts.map((draft) => [keyFor(draft.work), draft]));
  return new Map(
    drafts.flatMap((draft): [Draft, string | null][] => {
      if (draft.work.deletion !== 'now') return [];
      const staying = belowOf(draft, below).filter((record) => !leaves(draftOf.get(keyFor(record)), draft));
      const stays = staying.find((record) => !postponed(draftOf.get(keyFor(record))));
      if (stays) return [[draft, waitsForRecord(stays.code)]];
      return staying.length > 0 ? [[draft, null]] : [];
    }),
  );
}

const postponed = (draft: Draft | undefined): boolean => draft?.work.deletion === 'later';

/** The record is deleted, or put below another one. */
function leaves(record: Draft | undefined, { work }: Draft): boolean {
  if (!record) return false;
  return record.work.deletion === 'now' || record.content.parentId !== work.conceptId;
}
