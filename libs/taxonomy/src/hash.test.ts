import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryMap } from './arbitrary.ts';
import { contentHash, merkle } from './hash.ts';
import { rehash } from './rehash.ts';

test('two maps have one hash only when they say the same', () => {
  const said = (map: Map<string, object>) =>
    JSON.stringify([...map.values()].map((entry) => ({ ...entry, rank: 0 })));
  fc.assert(
    fc.property(arbitraryMap, arbitraryMap, (a, b) => {
      const equal = merkle('s', a.values()).root === merkle('s', b.values()).root;
      if (equal) expect(said(a)).toBe(said(b));
      else expect(JSON.stringify([...a.values()])).not.toBe(JSON.stringify([...b.values()]));
    }),
  );
});

test('the order of keys does not matter', () => {
  fc.assert(
    fc.property(arbitraryMap, (map) => {
      for (const entry of map.values()) {
        const reversed = Object.fromEntries(Object.entries(entry).toReversed());
        expect(contentHash({ ...entry, ...reversed })).toBe(contentHash(entry));
      }
    }),
  );
});

test('hashing what changed gives the root of the whole map', () => {
  fc.assert(
    fc.property(arbitraryMap, arbitraryMap, (a, b) => {
      const before = merkle('s', a.values()).nodes;
      const differs = [...new Set([...a.keys(), ...b.keys()])].filter(
        (id) => JSON.stringify(a.get(id)) !== JSON.stringify(b.get(id)),
      );
      const dirty = new Set(differs);
      for (const map of [a, b])
        for (const id of [...dirty])
          for (let up = map.get(id)?.parentId ?? null; up !== null; up = map.get(up)?.parentId ?? null)
            dirty.add(up);
      // An old ancestor may have got new ancestors.
      for (const id of [...dirty])
        for (let up = b.get(id)?.parentId ?? null; up !== null; up = b.get(up)?.parentId ?? null)
          dirty.add(up);
      const children = [...b.values()].map((entry) => ({
        ...entry,
        contentHash: contentHash(entry),
        nodeHash: before.get(entry.conceptId) ?? null,
      }));
      expect(rehash('s', dirty, children).root).toBe(merkle('s', b.values()).root);
    }),
    { numRuns: 500 },
  );
});
