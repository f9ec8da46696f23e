import { createHash, hash } from 'node:crypto';
import { hashedAttributes, type AttributeDefinition } from './attribute.ts';
import { canonicalJson } from './canonical-json.ts';
import type { ConceptId, Content, Entry } from './entry.ts';

/** SHA-256, 64 hexadecimal digits. */
export type Hash = string;

/**
 * Hash of what an entry says: its identity, code, titles, notes and attributes as canonical JSON (RFC 8785).
 * Texts are expected in Unicode NFC, as every import and edit leaves them.
 * @param definitions attributes of the edition; those with `inHash: false` are left out
 */
export function contentHash(
  { conceptId, code, titles, notes, attributes }: Content,
  definitions: readonly AttributeDefinition[] = [],
): Hash {
  const said = { conceptId, code, titles, notes, attributes: hashedAttributes(attributes, definitions) };
  return hash('sha256', canonicalJson(said), 'hex');
}

/** Hash of a Merkle node: SHA-256 over its own content hash and the hashes of its children in order of rank, as bytes. */
export function nodeHash(content: Hash, children: readonly Hash[]): Hash {
  const sum = createHash('sha256').update(content, 'hex');
  for (const child of children) sum.update(child, 'hex');
  return sum.digest('hex');
}

/** What the root itself says: the scheme's name. */
export function schemeHash(scheme: string): Hash {
  return hash('sha256', canonicalJson({ scheme }), 'hex');
}

/** Hash of a whole revision: the node above the entries that have no parent, whose content is the scheme's name. */
export function rootHash(scheme: string, roots: readonly Hash[]): Hash {
  return nodeHash(schemeHash(scheme), roots);
}

/** Merkle hashes of a complete map: one for each entry, and the root, which is the content hash of the revision. */
export function merkle(
  scheme: string,
  entries: Iterable<Entry>,
  definitions: readonly AttributeDefinition[] = [],
): { nodes: Map<ConceptId, Hash>; root: Hash } {
  const children = groupByParent(entries);
  const nodes = new Map<ConceptId, Hash>();
  const hashOf = (entry: Entry): Hash => {
    const node = nodeHash(contentHash(entry, definitions), (children.get(entry.conceptId) ?? []).map(hashOf));
    nodes.set(entry.conceptId, node);
    return node;
  };
  const root = rootHash(scheme, (children.get(null) ?? []).map(hashOf));
  return { nodes, root };
}

/** Children of each parent in order of rank; ranks that are equal are ordered by identity, so that the order is total. */
export function groupByParent<E extends Pick<Entry, 'conceptId' | 'parentId' | 'rank'>>(
  entries: Iterable<E>,
): Map<ConceptId | null, E[]> {
  const groups = new Map<ConceptId | null, E[]>();
  let last: { parentId: ConceptId | null; group: E[] } | undefined;
  for (const entry of entries) {
    if (last?.parentId !== entry.parentId || !last) {
      const group = groups.get(entry.parentId) ?? [];
      if (group.length === 0) groups.set(entry.parentId, group);
      last = { parentId: entry.parentId, group };
    }
    last.group.push(entry);
  }
  for (const group of groups.values())
    if (!group.every((entry, i) => i === 0 || bySiblingOrder(group[i - 1] ?? entry, entry) < 0))
      group.sort(bySiblingOrder);
  return groups;
}

export function bySiblingOrder(
  a: Pick<Entry, 'conceptId' | 'rank'>,
  b: Pick<Entry, 'conceptId' | 'rank'>,
): number {
  return a.rank - b.rank || (a.conceptId < b.conceptId ? -1 : 1);
}
