import { expect, test } from 'vitest';
import { conceptIdFrom } from '../entry.ts';
import { plant, Vocabulary } from './forest.ts';
import { Links } from './links.ts';
import { supposeSameTitleBelow } from './neighbours.ts';

test('siblings of one title are given away in their order, and each is looked at a few times, however many they are', () => {
  const siblings = Array.from({ length: 5_000 }, (_, i) => ({
    id: conceptIdFrom(`${i}`),
    parentId: null,
    code: null,
    title: 'Altro',
  }));
  const vocabulary = new Vocabulary();
  const [rows, base] = [plant(siblings, vocabulary), plant(siblings, vocabulary)];
  const links = new CountingLinks(rows.size, base.size);
  links.fix(0, 1);

  supposeSameTitleBelow(rows, base, links);
  expect([...links.ofRow]).toEqual([1, 0, ...Array.from({ length: 4_998 }, (_, i) => i + 2)]);
  expect(links.asked).toBeLessThan(4 * siblings.length);
});

class CountingLinks extends Links {
  asked = 0;

  override isOpenEntry(entry: number): boolean {
    this.asked++;
    return super.isOpenEntry(entry);
  }
}
