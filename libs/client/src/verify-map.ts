import type { AttributeDefinition, ConceptId, Entry, Hash } from '#taxonomy';
import type { Verdict } from './difference.ts';
import { isHash, MapComparison, type PublishedNode } from './map-comparison.ts';

/** What a consumer holds, and what was published. */
export interface Held {
  readonly scheme: string;
  /** All entries, those without a code too. */
  readonly entries: readonly Entry[];
  /** Of the revision, from its `in force` event. */
  readonly publishedHash: Hash;
  /** `attributes` of its edition, where there are any: those with `inHash: false` prove nothing. */
  readonly attributes?: readonly AttributeDefinition[];
}

/** Reads a node of the published tree; null asks for the root. */
export type ReadNode = (conceptId: ConceptId | null) => Promise<PublishedNode>;

/** Nodes that are asked for at once. */
const atOnce = 16;

/**
 * Says whether a consumer holds exactly the published revision, and if not, where it differs.
 *
 * 1. The hash of what is held is computed; when it is the published one, nothing is asked.
 * 2. Else the published tree is walked from the root down, only where hashes differ. The hash of each answer is computed
 *    from what it says, its concept id included, and must be the one that led to it: a server can neither exchange two
 *    concepts, nor change, hide or add one, nor put it elsewhere. Where hashes are equal, what is held proves itself.
 * 3. What is held and was met nowhere in the published tree is surplus.
 *
 * @throws when no published hash is given, or an answer does not have the hash that led to it
 */
export async function verifyMap(
  { scheme, entries, publishedHash, attributes = [] }: Held,
  readNode: ReadNode,
): Promise<Verdict> {
  if (!isHash(publishedHash))
    throw new Error(
      `publishedHash is no content hash but ${publishedHash}: give the contentHash of the revision`,
    );
  const comparison = new MapComparison(scheme, entries, attributes);
  if (comparison.heldHash === publishedHash) return { equal: true, asked: 0 };
  const toWalk: { conceptId: ConceptId | null; hash: Hash }[] = [{ conceptId: null, hash: publishedHash }];
  let asked = 0;
  while (asked < toWalk.length) {
    const wanted = toWalk.slice(asked, asked + atOnce);
    const answers = await Promise.all(
      wanted.map(async ({ conceptId, hash }) => ({ conceptId, hash, node: await readNode(conceptId) })),
    );
    asked += answers.length;
    for (const { conceptId, hash, node } of answers)
      toWalk.push(...comparison.compare(conceptId, hash, node));
  }
  return { equal: false, asked, differences: comparison.finish() };
}
