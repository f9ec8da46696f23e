import type { ConceptId } from '#taxonomy';
import type { Executor } from '#platform';
import { loadEntries, type LoadedEntry } from './load-entries.ts';
import {
  readAllLinks,
  readLinksAround,
  readStuckBefore,
  readUnsent,
  type Link,
  type StuckBefore,
} from './load-ledger.ts';
import { plan, type Held, type Plan, type Work } from './plan.ts';
import { render, renderedHash, renderRetired, type Rendered, type RenderRules } from './render.ts';
import type { Turn } from './turn.ts';

/** What a turn has to do. The plan is shared by all targets whose ledger says the same. */
export interface Workload {
  readonly plan: Plan;
  /** External ids of the records of the work and of its parents. */
  readonly records: Map<ConceptId, string>;
}

/** What the ledger says of one target, as far as the turn needs it. */
interface TargetLedger {
  readonly links: readonly Link[];
  readonly stuck: readonly StuckBefore[];
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
  const all = span.isFull ? await readAllLinks(executor, targetIds) : null;
  const inUse = all?.filter(({ state, hash }) => state === 'current' || hash === null);
  const own = [...stuck, ...(inUse ?? (await readUnsent(executor, targetIds)))];
  const entries = await loadEntries(executor, span, [...new Set(own.map(({ conceptId }) => conceptId))]);
  const links = all ?? (await readLinksAround(executor, targetIds, ...around(entries, rules)));

  const linksOf = Map.groupBy(links, ({ targetId }) => targetId);
  const stuckOf = Map.groupBy(stuck, ({ targetId }) => targetId);
  const ownOf = Map.groupBy(own, ({ targetId }) => targetId);
  const shared = new Set(entries.filter(({ isShared }) => isShared).map(({ conceptId }) => conceptId));
  const plans = new Map<string, Plan>();
  return new Map(
    turns.map((turn) => {
      const { targetId } = turn;
      const held = { links: linksOf.get(targetId) ?? [], stuck: stuckOf.get(targetId) ?? [] };
      const named = new Set(ownOf.get(targetId)?.map(({ conceptId }) => conceptId));
      const key = ledgerKey(held, named, turn);
      const known = plans.get(key);
      const mine = (conceptId: ConceptId): boolean => shared.has(conceptId) || named.has(conceptId);
      const made =
        known ??
        planFor(
          entries.filter(({ conceptId }) => mine(conceptId)),
          held,
          turn,
          rules,
        );
      plans.set(key, made);
      return [targetId, { plan: made, records: recordsOf(held.links) }];
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

/** Everything of a ledger that a plan depends on; external ids are not part of it. */
function ledgerKey(
  { links, stuck }: TargetLedger,
  named: ReadonlySet<ConceptId>,
  { mayExist }: Turn,
): string {
  return JSON.stringify([
    mayExist,
    links.map(({ conceptId, generation, state, code, parentId, hash }) => [
      conceptId,
      generation,
      state,
      code,
      parentId,
      hash,
    ]),
    stuck.map(({ conceptId, isRefused, hash, reason, mayExist }) => [
      conceptId,
      isRefused,
      hash,
      reason,
      mayExist,
    ]),
    [...named].sort(),
  ]);
}

/** The latest record of each concept. */
function recordsOf(links: readonly Link[]): Map<ConceptId, string> {
  return new Map(links.map(({ conceptId, externalId }) => [conceptId, externalId]));
}

function planFor(
  entries: readonly LoadedEntry[],
  { links, stuck }: TargetLedger,
  turn: Turn,
  rules: RenderRules,
): Plan {
  const latest = new Map<ConceptId, Held>(links.map((link) => [link.conceptId, link]));
  const holders = new Map<string, ConceptId[]>();
  for (const { code, conceptId } of links) addHolder(holders, code, conceptId);
  for (const { conceptId, pastCodes } of entries)
    for (const code of pastCodes ?? []) addHolder(holders, code, conceptId);
  const work = toWork(
    entries,
    latest,
    new Map(stuck.map((row) => [row.conceptId, row])),
    turn,
    rules,
    holders,
  );
  return plan(work, {
    uniqueCodes: rules.uniqueCodes,
    longestCode: rules.longestCode,
    holders,
    records: new Map([...latest].map(([conceptId, { parentId }]) => [conceptId, parentId])),
    codes: new Map(
      entries.flatMap(({ parentId, parentCode }) => (parentId && parentCode ? [[parentId, parentCode]] : [])),
    ),
  });
}

function toWork(
  entries: readonly LoadedEntry[],
  latest: ReadonlyMap<ConceptId, Held>,
  stuck: ReadonlyMap<ConceptId, StuckBefore>,
  { isInDoubt, mayExist }: Turn,
  rules: RenderRules,
  holders: ReadonlyMap<string, readonly ConceptId[]>,
): Work[] {
  const retiredCodes = new Set<string>();
  return entries.map((entry): Work => {
    const { conceptId, goneOn } = entry;
    const held = latest.get(conceptId) ?? null;
    const before = stuck.get(conceptId);
    const isTaken = (code: string): boolean =>
      isInDoubt || retiredCodes.has(code) || (holders.get(code) ?? []).some((holder) => holder !== conceptId);
    const content =
      goneOn === null ? render(entry, rules) : retire(entry, goneOn, held, isInDoubt, rules, isTaken);
    if (!('reason' in content) && !content.active) retiredCodes.add(content.code);
    const wanted = 'reason' in content ? content : { content, hash: renderedHash(content) };
    const isRefused = !isInDoubt && before?.isRefused && 'hash' in wanted && before.hash === wanted.hash;
    return {
      conceptId,
      code: entry.code,
      title: entry.titles[rules.language]?.official ?? '',
      wanted,
      held,
      wasStuck: before !== undefined,
      refusedBefore: isRefused ? before.reason : null,
      resend: isInDoubt,
      // What is not wanted now was not sent by an attempt at this very revision.
      mayExist: (mayExist && goneOn === null) || isInDoubt || (before?.mayExist ?? false),
    };
  });
}

/** A record that goes out of use stays where the target has it; where nobody knows that, it goes to the top. */
function retire(
  entry: LoadedEntry,
  goneOn: string,
  held: Held | null,
  isInDoubt: boolean,
  rules: RenderRules,
  isTaken: (code: string) => boolean,
): Rendered {
  const parentId = isInDoubt ? null : held ? held.parentId : entry.parentId;
  return renderRetired({ ...entry, parentId }, goneOn, rules, isTaken);
}

function addHolder(holders: Map<string, ConceptId[]>, code: string, conceptId: ConceptId): void {
  const known = holders.get(code);
  if (!known) holders.set(code, [conceptId]);
  else if (!known.includes(conceptId)) known.push(conceptId);
}
