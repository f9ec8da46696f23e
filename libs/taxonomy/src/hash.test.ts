import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryMap } from './arbitrary.ts';
import type { ConceptId, Entry } from './entry.ts';
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
      const dirty = new Set<ConceptId>();
      const markWithAncestors = (map: Map<ConceptId, Entry>, start: ConceptId): void => {
        for (let id: ConceptId | null = start; id !== null; id = map.get(id)?.parentId ?? null) dirty.add(id);
      };
      for (const id of new Set([...a.keys(), ...b.keys()]))
        if (JSON.stringify(a.get(id)) !== JSON.stringify(b.get(id))) {
          markWithAncestors(a, id);
          markWithAncestors(b, id);
        }
      // An ancestor in the old map may stand elsewhere in the new one.
      for (const id of new Set(dirty)) markWithAncestors(b, id);
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
