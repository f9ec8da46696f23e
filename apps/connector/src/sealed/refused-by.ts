import type { Executor } from '#platform';
import { loadTurns, type TurnToPlan } from '../delivery/load-work.ts';
import type { Stopped } from '../delivery/plan.ts';
import type { RenderRules } from '../delivery/render.ts';
import { followTurns } from '../guards/follow-turns.ts';
import type { SealedEntry } from './load-sealed-entries.ts';

/** What a target holds, of its map. */
export interface HeldBy {
  readonly id: string;
  readonly applied: number;
}

/**
 * What some targets whose records are made in the same way would not take of a sealed set, by target: the planner of
 * delivery on their ledgers, once for all that say the same, as if they took the rest. What an operator skipped is none.
 */
export async function refusedBy(
  executor: Executor,
  targets: readonly HeldBy[],
  { scheme, revision }: { readonly scheme: string; readonly revision: number },
  entries: readonly SealedEntry[],
  rules: RenderRules,
): Promise<Map<string, readonly Stopped[]>> {
  const touched = new Set(entries.flatMap((entry) => (entry.isTouched ? [entry.conceptId] : [])));
  const found = new Map<string, readonly Stopped[]>();
  for (const [applied, some] of Map.groupBy(targets, (target) => target.applied)) {
    const isFull = applied === 0 || applied > revision;
    const span = { scheme, applied, desired: revision, isFull, isInDoubt: false, mayExist: false };
    const turns = some.map(({ id: targetId }) => ({ ...span, targetId }));
    const byKey = new Map<string, readonly Stopped[]>();
    for (const turn of await loadTurns(executor, turns, rules, entries)) {
      const stopped =
        byKey.get(turn.key) ?? stoppedAtLast(turn).filter(({ work }) => touched.has(work.conceptId));
      byKey.set(turn.key, stopped);
      found.set(turn.targetId, stopped);
    }
  }
  return found;
}

function stoppedAtLast({ input, ledger: { skipped } }: TurnToPlan): Stopped[] {
  const isSkipped = new Set(skipped.map(({ conceptId }) => conceptId));
  const stopped = [...followTurns(input())].at(-1)?.plan.stopped ?? [];
  return stopped.filter(({ work }) => !isSkipped.has(work.conceptId));
}
