import type { ConceptId } from './entry.ts';
import { bySiblingOrder, nodeHash, rootHash, type Hash } from './hash.ts';

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
): { nodes: Map<ConceptId, Hash>; root: Hash } {
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
    const node = nodeHash(child.contentHash, below(child.conceptId));
    nodes.set(child.conceptId, node);
    return node;
  };
  const below = (id: ConceptId | null): Hash[] => (groups.get(id) ?? []).sort(bySiblingOrder).map(hashOf);
  return { root: rootHash(scheme, below(null)), nodes };
}
