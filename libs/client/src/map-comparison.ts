import type { NodeAnswer } from '#contracts';
import {
  contentHash,
  groupByParent,
  merkle,
  nodeHash,
  rootHash,
  type AttributeDefinition,
  type ConceptId,
  type Entry,
  type Hash,
} from '#taxonomy';
import type { Difference } from './difference.ts';

/** A node of the published Merkle tree; children in order. */
export type PublishedNode = Pick<NodeAnswer, 'content'> & { readonly children: readonly PublishedChild[] };
type PublishedChild = Pick<NodeAnswer['children'][number], 'conceptId' | 'hash'>;

/** Compares what is held with published nodes, one after the other. */
export class MapComparison {
  readonly heldHash: Hash;
  private readonly scheme: string;
  private readonly nodes: ReadonlyMap<ConceptId, Hash>;
  private readonly entries: ReadonlyMap<ConceptId, Entry>;
  private readonly below: ReadonlyMap<ConceptId | null, readonly Entry[]>;
  private readonly definitions: readonly AttributeDefinition[];
  private readonly met = new Set<ConceptId>();
  private readonly differences: Difference[] = [];

  /** @param definitions attributes of the edition; those outside of the hash may differ */
  constructor(scheme: string, entries: readonly Entry[], definitions: readonly AttributeDefinition[]) {
    this.scheme = scheme;
    this.definitions = definitions;
    const { nodes, root } = merkle(scheme, entries, definitions);
    this.heldHash = root;
    this.nodes = nodes;
    this.entries = new Map(entries.map((entry) => [entry.conceptId, entry]));
    this.below = groupByParent(entries);
  }

  /**
   * @param hash that the node must have, as its parent said
   * @returns the children to look at next
   */
  compare(conceptId: ConceptId | null, hash: Hash, node: PublishedNode): PublishedChild[] {
    if (this.hashOf(conceptId, node) !== hash)
      throw new Error(`the answer for ${conceptId ?? 'the root'} does not have the published hash`);
    const held = conceptId === null ? undefined : this.entries.get(conceptId);
    if (held && node.content && contentHash(held, this.definitions) !== contentHash(node.content))
      this.differences.push({ conceptId, kind: 'content' });
    if (isOtherOrder(this.below.get(conceptId) ?? [], node.children))
      this.differences.push({ conceptId, kind: 'order' });
    return node.children.filter((child) => this.differs(child, conceptId));
  }

  /** All differences, once there is nothing left to look at. */
  finish(): Difference[] {
    const surplus = [...this.entries.keys()].filter((id) => !this.met.has(id));
    return [...this.differences, ...surplus.map((conceptId): Difference => ({ conceptId, kind: 'surplus' }))];
  }

  /** Computed from what is said alone, identity included: undefined when that is about something else. */
  private hashOf(conceptId: ConceptId | null, { content, children }: PublishedNode): Hash | undefined {
    const hashes = children.map((child) => child.hash);
    if (!hashes.every(isHash)) return undefined;
    if (conceptId === null) return rootHash(this.scheme, hashes);
    return content?.conceptId === conceptId ? nodeHash(contentHash(content), hashes) : undefined;
  }

  private differs({ conceptId, hash }: PublishedChild, parentId: ConceptId | null): boolean {
    const held = this.entries.get(conceptId);
    this.met.add(conceptId);
    if (!held) this.differences.push({ conceptId, kind: 'missing' });
    else if (held.parentId !== parentId) this.differences.push({ conceptId, kind: 'place' });
    if (this.nodes.get(conceptId) !== hash) return true;
    this.meetAllBelow(conceptId);
    return false;
  }

  private meetAllBelow(id: ConceptId): void {
    for (const { conceptId } of this.below.get(id) ?? []) {
      this.met.add(conceptId);
      this.meetAllBelow(conceptId);
    }
  }
}

/** Anything else would be hashed as if it were not there. */
export const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/** Whether the children that both have stand in another order. */
function isOtherOrder(
  held: readonly { conceptId: ConceptId }[],
  published: readonly { conceptId: ConceptId }[],
): boolean {
  const inOrder = new Map(published.map(({ conceptId }, i) => [conceptId, i]));
  const places = held.flatMap(({ conceptId }) => inOrder.get(conceptId) ?? []);
  return places.some((place, i) => place < (places[i - 1] ?? 0));
}
