import type { StepGroups } from '#contracts';
import type { ConceptId } from '#taxonomy';
import type { Executor } from '#platform';
import { countTurns } from '../guards/count-turns.ts';
import { groupSteps } from '../guards/step-groups.ts';
import { mayBeSucceeded } from './generation.ts';
import {
  loadEntries,
  loadPastEntries,
  type LoadedEntry,
  type PastMeaning,
  type Span,
} from './load-entries.ts';
import {
  readAllLinks,
  readConceptsAbove,
  readExceptions,
  readLinksBelow,
  readLinksOf,
  type Link,
  type Skipped,
  type StuckBefore,
} from './load-ledger.ts';
import { maySucceed } from './policies.ts';
import { planTurn, type TurnInput, type TurnPlan } from './plan-turn.ts';
import { keyFor } from './record-key.ts';
import { renderRetired, type RenderRules } from './render.ts';
import type { Turn } from './turn.ts';

/** What is known of one target. */
interface Ledger {
  readonly links: readonly Link[];
  readonly stuck: readonly StuckBefore[];
  readonly skipped: readonly Skipped[];
}

/** What a turn has to do. The plan is shared by all targets whose ledger says the same. */
export interface Workload extends Omit<TurnPlan, 'generations'> {
  /** External ids of the records of the work and of its parents. */
  readonly records: Map<ConceptId, string>;
  /** What an operator excluded at the target. */
  readonly skipped: ReadonlySet<ConceptId>;
  /** What it and the turns after it do because the map changed; null where no plan says how much may be done. */
  readonly would: StepGroups | null;
}

/** What a plan of a turn is made from; ledgers that say the same have one key, and one plan. */
export interface TurnToPlan {
  readonly targetId: string;
  readonly key: string;
  readonly ledger: Ledger;
  readonly input: () => TurnInput;
}

type Spanning = Span & Pick<Turn, 'targetId' | 'mayExist'>;

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
  const plans = new Map<string, TurnPlan & Pick<Workload, 'would'>>();
  return new Map(
    (await loadTurns(executor, turns, rules)).map(({ targetId, key, ledger, input }) => {
      const made = plans.get(key) ?? planAndCount(input(), turns.some(isGuarded));
      plans.set(key, made);
      const { plan, isLast, generations, would } = made;
      return [
        targetId,
        {
          plan,
          isLast,
          would,
          records: recordsOf(ledger.links, generations),
          skipped: new Set(ledger.skipped.map(({ conceptId }) => conceptId)),
        },
      ];
    }),
  );
}

/** On the way from one revision to a newer one with an approved plan, compared in full or not. */
const isGuarded = ({ isPlanned, applied, desired }: Turn): boolean =>
  isPlanned && applied > 0 && applied < desired;

function planAndCount(input: TurnInput, isCounted: boolean): TurnPlan & Pick<Workload, 'would'> {
  const made = planTurn(input);
  return { ...made, would: isCounted ? groupSteps(countTurns(input, made)) : null };
}

/** @param laidOver entries that stand in place of those of the desired revision, for every target */
export async function loadTurns(
  executor: Executor,
  turns: readonly Spanning[],
  rules: RenderRules,
  laidOver: readonly LoadedEntry[] = [],
): Promise<TurnToPlan[]> {
  const [span] = turns;
  if (!span) return [];
  const targetIds = turns.map(({ targetId }) => targetId);
  const { stuck, skipped, unsent } = await readExceptions(executor, targetIds);
  const all = span.isFull ? await readAllLinks(executor, targetIds) : null;
  const inUse = all?.filter(({ state, hash }) => state === 'current' || state === 'leaving' || hash === null);
  const own = [...stuck, ...(inUse ?? unsent)];
  const unseen = stuck.flatMap(({ conceptId, mayExist }) => (mayExist ? [conceptId] : []));
  const asked = [...new Set(own.map(({ conceptId }) => conceptId))];
  const loaded = await loadEntries(executor, span, asked, unseen);
  const entries = layOver(loaded, laidOver);
  const links = all ?? (await readLinks(executor, span, targetIds, entries, rules));
  const past = await loadPastEntries(executor, span.desired, endingIn(links, entries, rules));

  const linksOf = Map.groupBy(links, ({ targetId }) => targetId);
  const stuckOf = Map.groupBy(stuck, ({ targetId }) => targetId);
  const skippedOf = Map.groupBy(skipped, ({ targetId }) => targetId);
  const ownOf = Map.groupBy(own, ({ targetId }) => targetId);
  return turns.map((turn) => {
    const { targetId } = turn;
    const ledger = {
      links: linksOf.get(targetId) ?? [],
      stuck: stuckOf.get(targetId) ?? [],
      skipped: skippedOf.get(targetId) ?? [],
    };
    const named = new Set(ownOf.get(targetId)?.map(({ conceptId }) => conceptId));
    const mine = ({ isShared, conceptId }: LoadedEntry): boolean => isShared || named.has(conceptId);
    return {
      targetId,
      key: ledgerKey(ledger, named, turn),
      ledger,
      input: () => ({ entries: entries.filter(mine), past, ...ledger, turn, rules }),
    };
  });
}

function layOver(entries: readonly LoadedEntry[], above: readonly LoadedEntry[]): readonly LoadedEntry[] {
  if (above.length === 0) return entries;
  const covered = new Set(above.map(({ conceptId }) => conceptId));
  return [...entries.filter(({ conceptId }) => !covered.has(conceptId)), ...above];
}

/** The records that a plan has to know; of what is to be deleted, also those that stand below it. */
async function readLinks(
  executor: Executor,
  span: Span,
  targetIds: readonly string[],
  entries: readonly LoadedEntry[],
  rules: RenderRules,
): Promise<readonly Link[]> {
  const links = await readLinksAround(executor, span, targetIds, entries, rules);
  const leaving = links.flatMap(({ state, conceptId }) => (state === 'leaving' ? [conceptId] : []));
  const below = await readLinksBelow(executor, targetIds, [...new Set(leaving)]);
  if (below.length === 0) return links;
  return [
    ...new Map([...links, ...below].map((link) => [`${link.targetId} ${keyFor(link)}`, link])).values(),
  ];
}

/** What a plan has to know of records; of all that they stand below only where one may have to wait for another to move. */
async function readLinksAround(
  executor: Executor,
  { isInDoubt }: Span,
  targetIds: readonly string[],
  entries: readonly LoadedEntry[],
  rules: RenderRules,
): Promise<readonly Link[]> {
  const [concepts, codes] = around(entries, rules);
  const links = await readLinksOf(executor, targetIds, concepts, codes);
  const mayMove = isInDoubt || maySucceed(rules.policies) || !stayInPlace(links, entries, targetIds.length);
  if (entries.length >= 2 && mayMove)
    return readLinksOf(executor, targetIds, await readConceptsAbove(executor, targetIds, concepts), codes);
  // A record that ends stays below the one that it stands below, wherever its entry is now.
  const [known, own] = [new Set(concepts), new Set(entries.map(({ conceptId }) => conceptId))];
  const places = links.flatMap(({ conceptId, parentId }) =>
    parentId === null || known.has(parentId) || !own.has(conceptId) ? [] : [parentId],
  );
  if (places.length === 0) return links;
  return readLinksOf(executor, targetIds, [...new Set([...concepts, ...places])], codes);
}

/** Whether every target has a record of each entry, in use and below the parent that the map says, and none beside it. */
function stayInPlace(links: readonly Link[], entries: readonly LoadedEntry[], targets: number): boolean {
  const linksOf = Map.groupBy(links, ({ conceptId }) => conceptId);
  return entries.every(({ conceptId, parentId }) => {
    const records = linksOf.get(conceptId) ?? [];
    const holders = new Set(records.map(({ targetId }) => targetId));
    return (
      holders.size === targets &&
      records.every((record) => record.state === 'current' && record.parentId === parentId)
    );
  });
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

/** What records meant that are about to end as what they meant, and not as what their entry is, or last was. */
function endingIn(
  links: readonly Link[],
  entries: readonly LoadedEntry[],
  { policies }: RenderRules,
): PastMeaning[] {
  const entryOf = new Map(entries.map((entry) => [entry.conceptId, entry]));
  const ending = links.flatMap((link) => {
    const hasEnded = link.state === 'leaving' || (link.state === 'ended' && link.hash === null);
    const past = { conceptId: link.conceptId, code: link.usedCode ?? '', notes: link.usedNotes, hasEnded };
    if (hasEnded && link.usedCode !== null) return [past];
    const entry = entryOf.get(link.conceptId);
    if (!entry || link.usedCode === null || (entry.notes !== null && link.state !== 'current')) return [];
    const wanted = { code: entry.code, notes: entry.notes ?? entry.lastNotes ?? link.usedNotes ?? '' };
    return mayBeSucceeded(link, wanted, policies) ? [past] : [];
  });
  return [...new Map(ending.map((each) => [JSON.stringify(each), each])).values()];
}

/** Everything of a ledger that a plan depends on; external ids are not part of it. */
function ledgerKey(
  { links, stuck, skipped }: Ledger,
  named: ReadonlySet<ConceptId>,
  { mayExist }: Pick<Turn, 'mayExist'>,
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
