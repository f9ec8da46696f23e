import type { Executor } from '#platform';
import type { ConceptId } from '#taxonomy';
import { loadTurns, type TurnToPlan } from '../delivery/load-work.ts';
import type { Stopped, Work } from '../delivery/plan.ts';
import type { RenderRules } from '../delivery/render.ts';
import { followTurns } from '../guards/follow-turns.ts';
import type { SealedEntry } from './load-sealed-entries.ts';

/** What a target holds, of its map. */
export interface HeldBy {
  readonly id: string;
  readonly applied: number;
}

/** What can be said of a set at a target without asking it. */
export interface Foreseen {
  /** What it would not take. What an operator skipped is none. */
  readonly stopped: readonly Stopped[];
  /** Codes that the set gives to records there, which nobody else may have. */
  readonly given: ReadonlyMap<string, Work>;
}

/**
 * What a sealed set would do at some targets whose records are made in the same way, by target: the planner of delivery on
 * their ledgers, once for all that say the same, as if they took what it does not stop.
 */
export async function foresee(
  executor: Executor,
  targets: readonly HeldBy[],
  { scheme, revision }: { readonly scheme: string; readonly revision: number },
  entries: readonly SealedEntry[],
  rules: RenderRules,
): Promise<Map<string, Foreseen>> {
  const touched = new Set(entries.flatMap((entry) => (entry.isTouched ? [entry.conceptId] : [])));
  const found = new Map<string, Foreseen>();
  for (const [applied, some] of Map.groupBy(targets, (target) => target.applied)) {
    const isFull = applied === 0 || applied > revision;
    const span = { scheme, applied, desired: revision, isFull, isInDoubt: false, mayExist: false };
    const turns = some.map(({ id: targetId }) => ({ ...span, targetId }));
    const byKey = new Map<string, Foreseen>();
    for (const turn of await loadTurns(executor, turns, rules, entries)) {
      const foreseen = byKey.get(turn.key) ?? follow(turn, touched);
      byKey.set(turn.key, foreseen);
      found.set(turn.targetId, foreseen);
    }
  }
  return found;
}

function follow({ input, ledger: { skipped } }: TurnToPlan, touched: ReadonlySet<ConceptId>): Foreseen {
  const isSkipped = new Set(skipped.map(({ conceptId }) => conceptId));
  const isMeant = ({ conceptId }: Work): boolean => touched.has(conceptId) && !isSkipped.has(conceptId);
  const plans = [...followTurns(input())].map(({ plan }) => plan);
  const steps = plans.flatMap(({ steps }) => steps);
  return {
    stopped: (plans.at(-1)?.stopped ?? []).filter(({ work }) => isMeant(work)),
    given: new Map(
      steps.flatMap(({ work, content: { code } }) =>
        isMeant(work) && code !== work.held?.code ? [[code, work]] : [],
      ),
    ),
  };
}
