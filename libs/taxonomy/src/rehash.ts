import type { ConceptId } from './entry.ts';
import { bySiblingOrder, nodeHash, rootHash, type Hash } from './hash.ts';
import { finish, pieceSize, type Steps } from './steps.ts';

/** One live entry as the new revision holds it: its place, its own content hash, and its stored Merkle hash. */
export interface MerkleChild {
  readonly conceptId: ConceptId;
  readonly parentId: ConceptId | null;
  readonly rank: number;
  readonly contentHash: Hash;
  /** null or stale for a dirty entry, which is computed anew. */
  readonly nodeHash: Hash | null;
}

/**
 * Merkle hashes after a change, from the changed entries, their ancestors and stored hashes beside them: the same
 * root as `merkle` on the whole map, at the cost of what changed.
 * @param dirty concepts whose node must be computed anew: what changed, and every ancestor of it, old and new
 * @param children live children of every dirty concept, and all entries without a parent
 */
export function rehash(
  scheme: string,
  dirty: ReadonlySet<ConceptId>,
  children: Iterable<MerkleChild>,
): Rehashed {
  return finish(rehashInSteps(scheme, dirty, [...children]));
}

export interface Rehashed {
  readonly nodes: Map<ConceptId, Hash>;
  readonly root: Hash;
}

/** The same in pieces: from the last child to the first, since entries mostly stand before those below them. */
export function* rehashInSteps(
  scheme: string,
  dirty: ReadonlySet<ConceptId>,
  children: readonly MerkleChild[],
): Steps<Rehashed> {
  const groups = new Map<ConceptId | null, MerkleChild[]>();
  for (const child of children) {
    const group = groups.get(child.parentId);
    if (group) group.push(child);
    else groups.set(child.parentId, [child]);
  }
  const nodes = new Map<ConceptId, Hash>();
  const hashOf = (child: MerkleChild): Hash => {
    if (!dirty.has(child.conceptId)) {
      if (child.nodeHash === null) throw new Error(`no stored hash for ${child.conceptId}`);
      return child.nodeHash;
    }
    const known = nodes.get(child.conceptId);
    if (known !== undefined) return known;
    const node = nodeHash(child.contentHash, below(child.conceptId));
    nodes.set(child.conceptId, node);
    return node;
  };
  const below = (id: ConceptId | null): Hash[] => (groups.get(id) ?? []).sort(bySiblingOrder).map(hashOf);
  for (let i = children.length - 1; i >= 0; i--) {
    const child = children[i];
    if (child && dirty.has(child.conceptId)) hashOf(child);
    if (i % pieceSize === 0) yield;
  }
  return { root: rootHash(scheme, below(null)), nodes };
}
