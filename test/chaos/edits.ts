import type { Chance } from './chance.ts';
import type { MapEntry } from './check.ts';

type Edit = Readonly<Record<string, unknown>>;
type CodedEntry = MapEntry & { readonly code: string };

/** An entry without children, on the lowest level, as edits move and renumber it. */
const isLeaf = (entry: MapEntry): entry is CodedEntry => entry.code?.split('.').length === 4;

/**
 * What a revision changes: titles, notes, circles of three codes, a branch whose activities all move to another one,
 * codes that are retired and at once used for something else, splits, and ends. No entry is touched twice.
 */
export function someEdits(entries: readonly MapEntry[], chance: Chance, revision: number): Edit[] {
  const coded = entries.filter((entry): entry is CodedEntry => entry.code !== null);
  const untouched = new Map(coded.filter(isLeaf).map((entry) => [entry.conceptId, entry]));
  const take = (count: number, from = [...untouched.values()]): CodedEntry[] => {
    const taken = chance.some(from, count);
    for (const { conceptId } of taken) untouched.delete(conceptId);
    return taken;
  };
  const named = (title: string): object => ({ it: { official: `${title} (${revision})` } });
  const numbers = new Map<string, number>();
  const nextBelow = (parent: string): string => {
    const used = coded.filter(({ parentCode }) => parentCode === parent).map(({ code }) => lastOf(code));
    const next = (numbers.get(parent) ?? Math.max(0, ...used)) + 1;
    numbers.set(parent, next);
    return `${parent}.${next}`;
  };
  const parents = [...new Set([...untouched.values()].map(({ parentCode }) => parentCode ?? ''))];

  const kinds: readonly [() => Edit[], ...(() => Edit[])[]] = [
    () =>
      take(chance.between(1, 30)).map(({ conceptId, title }) => ({
        op: 'change',
        entry: conceptId,
        titles: named((title ?? 'Voce').replace(/ \(\d+\)$/, '')),
      })),
    () =>
      take(chance.between(1, 4)).map(({ conceptId }) => ({
        op: 'change',
        entry: conceptId,
        notes: { it: { includes: `Comprende altro dalla versione ${revision}` } },
      })),
    () => {
      const circle = take(3);
      return circle.map(({ conceptId }, i) => ({
        op: 'change',
        entry: conceptId,
        code: circle[(i + 1) % circle.length]?.code,
      }));
    },
    () => {
      const [from, to] = chance.some(parents, 2);
      if (from === undefined || to === undefined) return [];
      const all = [...untouched.values()].filter(({ parentCode }) => parentCode === from);
      return take(all.length, all).map(({ conceptId }) => ({
        op: 'change',
        entry: conceptId,
        code: nextBelow(to),
      }));
    },
    () =>
      take(1).flatMap(({ conceptId, code }) => [
        { op: 'retire', entry: conceptId, successors: [] },
        { op: 'create', code, titles: named('Tutt’altra attività') },
      ]),
    () =>
      take(1).flatMap(({ conceptId, parentCode }) => [
        { op: 'retire', entry: conceptId },
        ...['prima', 'seconda'].map((half) => ({
          op: 'create',
          code: nextBelow(parentCode ?? ''),
          titles: named(`La ${half} metà`),
          predecessors: [conceptId],
        })),
      ]),
    () => take(2).map(({ conceptId }) => ({ op: 'retire', entry: conceptId, successors: [] })),
  ];
  return Array.from({ length: chance.between(2, 5) }, () => chance.pick(kinds)()).flat();
}

const lastOf = (code: string): number => Number(code.slice(code.lastIndexOf('.') + 1));
