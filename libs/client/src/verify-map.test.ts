import {
  codeFrom,
  conceptIdFrom,
  contentHash,
  groupByParent,
  hashedAttributes,
  merkle,
  type AttributeDefinition,
  type ConceptId,
  type Entry,
} from '#taxonomy';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verifyMap, type ReadNode } from './verify-map.ts';

const id = (n: number): ConceptId => conceptIdFrom(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);

/** Up to eight concepts; a parent has a lower number, so there is no cycle. */
const arbitraryMap = fc
  .array(fc.record({ present: fc.boolean(), parent: fc.nat(8), rank: fc.nat(3), title: fc.nat(2) }), {
    minLength: 8,
    maxLength: 8,
  })
  .map((drawn) => {
    const entries: Entry[] = [];
    drawn.forEach(({ present, parent, rank, title }, n) => {
      const parentId = parent < n && drawn[parent]?.present ? id(parent) : null;
      if (present)
        entries.push(entry(n, { parentId, rank, titles: { it: { official: `Titolo ${title}` } } }));
    });
    return entries;
  });

function entry(n: number, fields: Partial<Entry> = {}): Entry {
  const code = codeFrom(`A${n + 1}`);
  return {
    conceptId: id(n),
    code,
    parentId: null,
    rank: n,
    titles: {},
    notes: {},
    attributes: {},
    ...fields,
  };
}

type Published = { publishedHash: string; readNode: ReadNode };

function publish(entries: readonly Entry[], attributes: readonly AttributeDefinition[] = []): Published {
  const { nodes, root } = merkle('s', entries, attributes);
  const below = groupByParent(entries);
  const readNode: ReadNode = (conceptId) => {
    const own = entries.find((candidate) => candidate.conceptId === conceptId);
    const children = (below.get(conceptId) ?? []).map((child) => ({
      conceptId: child.conceptId,
      hash: nodes.get(child.conceptId) ?? '',
    }));
    const content = own && { ...own, attributes: hashedAttributes(own.attributes, attributes) };
    return Promise.resolve({ content: content ?? null, children });
  };
  return { publishedHash: root, readNode };
}

type Node = Awaited<ReturnType<ReadNode>>;

/** A server that says of some nodes something else than it published. */
const lying =
  (readNode: ReadNode, lie: (node: Node, about: ConceptId | null) => Node): ReadNode =>
  async (conceptId) =>
    lie(await readNode(conceptId), conceptId);

/** A server that says one concept wherever it published the other, consistently, in answers about either too. */
function exchanging(readNode: ReadNode, one: ConceptId, other: ConceptId): ReadNode {
  const exchanged = <C extends ConceptId | null>(conceptId: C) =>
    conceptId === one ? other : conceptId === other ? one : conceptId;
  return async (conceptId) => {
    const { content, children } = await readNode(exchanged(conceptId));
    return {
      content: content && { ...content, conceptId: conceptId ?? content.conceptId },
      children: children.map((child) => ({ ...child, conceptId: exchanged(child.conceptId) })),
    };
  };
}

/** What differs, found by looking at everything. */
function differencesOf(held: readonly Entry[], published: readonly Entry[]): Set<string> {
  const [mine, theirs] = [held, published].map((all) => new Map(all.map((one) => [one.conceptId, one])));
  const found = new Set<string>();
  for (const one of published) {
    const own = mine?.get(one.conceptId);
    if (!own) found.add(`${one.conceptId} missing`);
    else if (contentHash(own) !== contentHash(one)) found.add(`${one.conceptId} content`);
    if (own && own.parentId !== one.parentId) found.add(`${one.conceptId} place`);
  }
  for (const one of held) if (!theirs?.has(one.conceptId)) found.add(`${one.conceptId} surplus`);
  return found;
}

describe('a consumer verifies what it holds', () => {
  test('any two maps: it is equal exactly when the hashes are, and else every difference is found', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryMap, arbitraryMap, async (held, published) => {
        const { publishedHash, readNode } = publish(published);
        const verdict = await verifyMap({ scheme: 's', entries: held, publishedHash }, readNode);
        expect(verdict.equal).toBe(merkle('s', held).root === publishedHash);
        if (verdict.equal) return;
        expect(verdict.differences.length).toBeGreaterThan(0);
        const found = verdict.differences.filter(({ kind }) => kind !== 'order');
        const named = found.map(({ conceptId, kind }) => `${conceptId} ${kind}`);
        expect(named.toSorted()).toEqual([...differencesOf(held, published)].sort());
      }),
      { numRuns: 500 },
    );
  });

  test('one difference in a map of 11,111 concepts is found with one question for each level', async () => {
    const parent = (n: number) => (n === 0 ? null : id(Math.floor((n - 1) / 10)));
    const published = Array.from({ length: 11_111 }, (_, n) => entry(n, { parentId: parent(n) }));
    const held = published.map((one, n) => (n === 9_999 ? { ...one, attributes: { usable: true } } : one));
    const { publishedHash, readNode } = publish(published);
    expect(await verifyMap({ scheme: 's', entries: held, publishedHash }, readNode)).toEqual({
      equal: false,
      asked: 6,
      differences: [{ conceptId: id(9_999), kind: 'content' }],
    });
  });

  test('children in another order are a difference of their parent', async () => {
    const published = [entry(0), entry(1, { parentId: id(0) }), entry(2, { parentId: id(0) })];
    const held = [entry(0), entry(1, { parentId: id(0), rank: 9 }), entry(2, { parentId: id(0) })];
    const { publishedHash, readNode } = publish(published);
    expect(await verifyMap({ scheme: 's', entries: held, publishedHash }, readNode)).toMatchObject({
      differences: [{ conceptId: id(0), kind: 'order' }],
    });
  });

  test('attributes outside of the hash are no difference, all others are', async () => {
    const attributes = [{ name: 'owner', type: 'string', inHash: false, synced: false }] as const;
    const owned = (owner: string, hours: number) => [entry(0, { attributes: { owner, hours } })];
    const { publishedHash, readNode } = publish(owned('Anna', 40), attributes);
    const held = { scheme: 's', publishedHash, attributes };
    expect(await verifyMap({ ...held, entries: owned('Bruno', 40) }, readNode)).toMatchObject({
      equal: true,
    });
    expect(await verifyMap({ ...held, entries: owned('Anna', 41) }, readNode)).toMatchObject({
      differences: [{ conceptId: id(0), kind: 'content' }],
    });
  });

  test.each([undefined, '', 'x'])('%j in place of the published hash is refused as such', async (hash) => {
    const { readNode } = publish([entry(0)]);
    const { contentHash: publishedHash = '' }: { contentHash?: string } =
      hash === undefined ? {} : { contentHash: hash };
    await expect(verifyMap({ scheme: 's', entries: [], publishedHash }, readNode)).rejects.toThrow(
      'give the contentHash of the revision',
    );
  });

  describe('a server that lies about a map is found out', () => {
    const published = [entry(0), entry(1), entry(2, { parentId: id(0) }), entry(3, { parentId: id(0) })];
    const { publishedHash, readNode } = publish(published);
    const below = (node: Node, child: number, hash: string) => ({
      ...node,
      children: [...node.children, { conceptId: id(child), hash }],
    });
    const lies: Record<string, ReadNode> = {
      'two concepts exchanged': exchanging(readNode, id(2), id(3)),
      'two concepts exchanged in the list above them only': lying(readNode, (node) => ({
        ...node,
        children: node.children.map((child, i, all) => ({
          ...child,
          conceptId: all.at(-1 - i)?.conceptId ?? id(9),
        })),
      })),
      'a title changed': lying(readNode, ({ content, children }) => ({
        content: content && { ...content, titles: { it: { official: 'Altro' } } },
        children,
      })),
      'a code changed': lying(readNode, ({ content, children }) => ({
        content: content && { ...content, code: codeFrom('Z9') },
        children,
      })),
      'what an entry says left out': lying(readNode, ({ children }) => ({ content: null, children })),
      'a child hidden': lying(readNode, ({ content, children }) => ({
        content,
        children: children.slice(1),
      })),
      'children in another order': lying(readNode, ({ content, children }) => ({
        content,
        children: children.toReversed(),
      })),
      'an entry added': lying(readNode, (node) => below(node, 9, contentHash(entry(9)))),
      'an entry added without a hash': lying(readNode, (node) => below(node, 9, '')),
      'another map': publish([entry(1)]).readNode,
    };
    test.each(Object.entries(lies))('%s', async (_lie, lyingNode) => {
      await expect(verifyMap({ scheme: 's', entries: [], publishedHash }, readNode)).resolves.toMatchObject({
        equal: false,
        asked: 5,
      });
      await expect(verifyMap({ scheme: 's', entries: [], publishedHash }, lyingNode)).rejects.toThrow(
        'does not have the published hash',
      );
    });

    test('the tree of another scheme', async () => {
      await expect(verifyMap({ scheme: 't', entries: published, publishedHash }, readNode)).rejects.toThrow(
        'the answer for the root does not have the published hash',
      );
    });

    test('about any two concepts of any map: the verdict is that of an honest one, or none', async () => {
      const concept = fc.nat(7).map(id);
      const maps = fc.tuple(arbitraryMap, arbitraryMap);
      await fc.assert(
        fc.asyncProperty(maps, concept, concept, async ([mine, theirs], one, other) => {
          const honest = publish(theirs);
          const held = { scheme: 's', entries: mine, publishedHash: honest.publishedHash };
          const truth = await verifyMap(held, honest.readNode);
          const told = await verifyMap(held, exchanging(honest.readNode, one, other)).catch(String);
          if (typeof told === 'string') expect(told).toContain('does not have the published hash');
          else expect(told).toEqual(truth);
        }),
        { numRuns: 500 },
      );
    });
  });
});
