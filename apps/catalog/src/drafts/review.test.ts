import { giveWay } from '#platform';
import { codeFrom, conceptIdFrom, finish, type ConceptId, type Entry } from '#taxonomy';
import { grammar } from '#taxonomy/testing';
import { expect, test } from 'vitest';
import { wholeMap } from './review-in-full.ts';
import { review } from './review.ts';

const idOf = (n: number): ConceptId =>
  conceptIdFrom(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);

/** `size` entries, a hundred below each of those at the top. */
function mapOf(size: number, title: string): Map<ConceptId, Entry> {
  const entries = new Map<ConceptId, Entry>();
  for (let n = 0; n < size; n++) {
    const [top, below] = [Math.floor(n / 101), n % 101];
    entries.set(idOf(n), {
      conceptId: idOf(n),
      code: codeFrom(`A${top + 1}${below === 0 ? '' : `.${below}`}`),
      parentId: below === 0 ? null : idOf(n - below),
      rank: below === 0 ? top : below,
      titles: { it: { official: `${title} ${n}` } },
      notes: {},
      attributes: {},
    });
  }
  return entries;
}

const nothing = { links: [], decidedNone: new Set<ConceptId>() };

/** The longest time that nothing else had its turn, and how long all of it took, in ms. */
async function longestBlock(work: () => Promise<unknown>): Promise<{ longest: number; total: number }> {
  let [longest, isDone] = [0, false];
  const begun = performance.now();
  let last = begun;
  const look = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!isDone) setImmediate(look);
  };
  setImmediate(look);
  await work();
  isDone = true;
  look();
  return { longest, total: last - begun };
}

test('a review of a large draft leaves the loop free most of the time, and says what it says at once', async () => {
  const overlay = { entries: mapOf(20_000, 'Nuovo'), retired: new Set<ConceptId>(), successions: nothing };
  const around = wholeMap(mapOf(20_000, 'Vecchio'), new Set(), new Map(), new Map());
  const steps = () => review('s', { ...grammar, attributes: [] }, overlay, around);
  const { longest, total } = await longestBlock(() => giveWay(steps()));
  expect(longest).toBeLessThan(total / 3);
  expect((await giveWay(steps())).contentHash).toBe(finish(steps()).contentHash);
}, 30_000);

test('a code that two entries hold is told once, whether the draft has the other one around it or not', () => {
  const map = mapOf(3, 'Titolo');
  const [taker, holder] = [map.get(idOf(1)), map.get(idOf(2))];
  if (!taker?.code || !holder?.code) throw new Error('the map has three codes');
  const overlay = {
    entries: new Map([[taker.conceptId, { ...taker, code: holder.code }]]),
    retired: new Set<ConceptId>(),
    successions: nothing,
  };
  const heldElsewhere = [{ conceptId: taker.conceptId, holder: holder.conceptId, code: holder.code }];
  const duplicates = (known: ReadonlyMap<ConceptId, Entry>) => {
    const around = { ...wholeMap(known, new Set(), new Map(), new Map()), heldElsewhere };
    const { findings } = finish(review('s', { ...grammar, attributes: [] }, overlay, around));
    return findings.filter(({ rule }) => rule === 'code-duplicate');
  };
  expect(duplicates(map)).toHaveLength(1);
  expect(duplicates(new Map([...map].filter(([id]) => id !== holder.conceptId)))).toHaveLength(1);
});
