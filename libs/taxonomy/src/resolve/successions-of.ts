import type { Change } from '../change.ts';
import type { ConceptId } from '../entry.ts';
import type { RecordedSuccession } from './recorded-succession.ts';

/**
 * The successions that a change set states. A predecessor that goes on unchanged has no change of its own: then only
 * its successor names it.
 */
export function successionsOf(changes: readonly Stated[], revision: number): RecordedSuccession[] {
  const retired = new Set(changes.filter(({ after }) => !after).map(({ conceptId }) => conceptId));
  const found = new Map<string, RecordedSuccession>();
  const note = (predecessor: ConceptId, successor: ConceptId, { successionKind: kind }: Stated): void => {
    if (kind === null) throw new Error(`the succession of ${predecessor} has no kind`);
    const continues = !retired.has(predecessor);
    found.set(`${predecessor} ${successor}`, { revision, predecessor, successor, kind, continues });
  };
  for (const change of changes) {
    for (const successor of change.successors) note(change.conceptId, successor, change);
    for (const predecessor of change.predecessors) note(predecessor, change.conceptId, change);
  }
  return [...found.values()];
}

type Stated = Pick<Change, 'conceptId' | 'after' | 'successors' | 'predecessors' | 'successionKind'>;
