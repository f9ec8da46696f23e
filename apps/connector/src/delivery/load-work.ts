import type { ConceptId } from '#taxonomy';
import type { Executor } from '#platform';
import { chooseGeneration } from './generation.ts';
import { loadEntries, loadPastEntries, type LoadedEntry, type PastEntry } from './load-entries.ts';
import {
  readAllLinks,
  readLinksAround,
  readSkipped,
  readStuckBefore,
  readUnsent,
  type Link,
  type Skipped,
  type StuckBefore,
} from './load-ledger.ts';
import { planTurn, type TurnPlan } from './plan-turn.ts';
import { renderRetired, type RenderRules } from './render.ts';
import type { Turn } from './turn.ts';

/** What a turn has to do. The plan is shared by all targets whose ledger says the same. */
export interface Workload extends Omit<TurnPlan, 'generations'> {
  /** External ids of the records of the work and of its parents. */
  readonly records: Map<ConceptId, string>;
  /** What an operator excluded at the target. */
  readonly skipped: ReadonlySet<ConceptId>;
}

/**
 * The plans of turns that span the same revisions for targets of one profile: what changed, what is stuck, and whose
 * record is in doubt. What their ledgers say is read in one go; ledgers that say the same (all, as a rule) differ only
 * in external ids, and have one plan.
 */
export async function loadWork(
  executor: Executor,
  turns: readonly Turn[],
  rules: RenderRules,
): Promise<Map<string, Workload>> {
  const [span] = turns;
  if (!span) return new Map();
  const targetIds = turns.map(({ targetId }) => targetId);
  const stuck = await readStuckBefore(executor, targetIds);
  const skipped = await readSkipped(executor, targetIds);
  const all = span.isFull ? await readAllLinks(executor, targetIds) : null;
  const inUse = all?.filter(({ state, hash }) => state === 'current' || hash === null);
  const own = [...stuck, ...(inUse ?? (await readUnsent(executor, targetIds)))];
  const entries = await loadEntries(executor, span, [...new Set(own.map(({ conceptId }) => conceptId))]);
  const links = all ?? (await readLinksAround(executor, targetIds, ...around(entries, rules)));
  const past = await loadPastEntries(executor, endingIn(links, entries, rules));

  const linksOf = Map.groupBy(links, ({ targetId }) => targetId);
  const stuckOf = Map.groupBy(stuck, ({ targetId }) => targetId);
  const skippedOf = Map.groupBy(skipped, ({ targetId }) => targetId);
  const ownOf = Map.groupBy(own, ({ targetId }) => targetId);
  const plans = new Map<string, TurnPlan>();
  return new Map(
    turns.map((turn) => {
      const { targetId } = turn;
      const ledger = {
        links: linksOf.get(targetId) ?? [],
        stuck: stuckOf.get(targetId) ?? [],
        skipped: skippedOf.get(targetId) ?? [],
      };
      const named = new Set(ownOf.get(targetId)?.map(({ conceptId }) => conceptId));
      const key = ledgerKey(ledger, named, turn);
      const mine = ({ isShared, conceptId }: LoadedEntry): boolean => isShared || named.has(conceptId);
      const made =
        plans.get(key) ?? planTurn({ entries: entries.filter(mine), past, ...ledger, turn, rules });
      plans.set(key, made);
      const { plan, isLast, generations } = made;
      return [
        targetId,
        {
          plan,
          isLast,
          records: recordsOf(ledger.links, generations),
          skipped: new Set(ledger.skipped.map(({ conceptId }) => conceptId)),
        },
      ];
    }),
  );
}

/** Concepts and codes whose records a plan has to know. */
function around(entries: readonly LoadedEntry[], rules: RenderRules): [ConceptId[], string[]] {
  const concepts = entries.flatMap(({ conceptId, parentId }) =>
    parentId === null ? [conceptId] : [conceptId, parentId],
  );
  const codes = entries.flatMap((entry) =>
    entry.goneOn === null ? [entry.code] : [entry.code, renderRetired(entry, entry.goneOn, rules).code],
  );
  return [[...new Set(concepts)], [...new Set(codes)]];
}

/** What records meant that are about to end because another one succeeds them. */
function endingIn(
  links: readonly Link[],
  entries: readonly LoadedEntry[],
  { policies }: RenderRules,
): Pick<PastEntry, 'conceptId' | 'code' | 'notes'>[] {
  const live = new Map(entries.flatMap((entry) => (entry.notes === null ? [] : [[entry.conceptId, entry]])));
  const strictest = { ...policies, reused: either(policies.reused, policies.renumbered) };
  const ending = links.flatMap((link) => {
    const entry = live.get(link.conceptId);
    if (!entry || entry.notes === null || link.usedCode === null) return [];
    const wanted = { code: entry.code, notes: entry.notes };
    if (chooseGeneration([link], wanted, () => true, strictest).is !== 'ends') return [];
    return [{ conceptId: link.conceptId, code: link.usedCode, notes: link.usedNotes }];
  });
  return [...new Map(ending.map((each) => [JSON.stringify(each), each])).values()];
}

const either = (...policies: readonly ('follow' | 'succeed')[]): 'follow' | 'succeed' =>
  policies.includes('succeed') ? 'succeed' : 'follow';

/** Everything of a ledger that a plan depends on; external ids are not part of it. */
function ledgerKey(
  {
    links,
    stuck,
    skipped,
  }: {
    readonly links: readonly Link[];
    readonly stuck: readonly StuckBefore[];
    readonly skipped: readonly Skipped[];
  },
  named: ReadonlySet<ConceptId>,
  { mayExist }: Turn,
): string {
  return JSON.stringify([
    mayExist,
    links.map(({ targetId: _, externalId: __, ...said }) => Object.values(said)),
    stuck.map(({ targetId: _, ...said }) => Object.values(said)),
    skipped.map(({ conceptId, reason }) => [conceptId, reason]),
    [...named].sort(),
  ]);
}

function recordsOf(
  links: readonly Link[],
  generations: ReadonlyMap<ConceptId, number>,
): Map<ConceptId, string> {
  return new Map(
    links.flatMap(({ conceptId, generation, externalId }) =>
      externalId !== null && generations.get(conceptId) === generation ? [[conceptId, externalId]] : [],
    ),
  );
}
