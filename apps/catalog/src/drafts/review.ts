import {
  contentHash,
  diff,
  formsTree,
  rehash,
  validate,
  validateChanges,
  type Change,
  type CodeGrammar,
  type ConceptId,
  type Entry,
  type Finding,
  type Hash,
  type ValidationContext,
} from '#taxonomy';
import type { Surroundings } from './load-surroundings.ts';
import type { Overlay } from './overlay.ts';

/** What a draft would do if it were published now. */
export interface Review {
  readonly changes: readonly Change[];
  readonly findings: readonly Finding[];
  /** Content hash of the revision that it would make; null when its entries form no tree. */
  readonly contentHash: Hash | null;
}

/** Of an edition: how its codes are written, and which attributes its entries have. */
export type DraftGrammar = CodeGrammar & Pick<ValidationContext, 'attributes'>;

/** Compares, checks and hashes a draft against the part of the head around it. */
export function review(
  scheme: string,
  grammar: DraftGrammar,
  overlay: Overlay,
  around: Surroundings,
): Review {
  const next = new Map<ConceptId, Entry>(around.entries);
  for (const id of overlay.retired) next.delete(id);
  for (const [id, entry] of overlay.entries) next.set(id, entry);
  const findings = [
    ...validate(grammar, next, { base: around.entries, attributes: grammar.attributes }),
    ...around.heldElsewhere.map(heldTwice),
  ];
  const isTree = formsTree(findings);
  const { successions } = overlay;
  const context = { grammar, successions, formerConcepts: around.former };
  const changes = isTree ? diff(around.entries, next, context) : [];
  return {
    changes,
    findings: [...findings, ...validateChanges(changes, { successions, next })],
    contentHash: isTree ? rootAfter(scheme, overlay, around, next) : null,
  };
}

function rootAfter(
  scheme: string,
  overlay: Overlay,
  around: Surroundings,
  next: ReadonlyMap<ConceptId, Entry>,
): Hash {
  const dirty = new Set([...around.dirty, ...overlay.entries.keys()]);
  const children = [...next.values()].map((entry) => ({
    conceptId: entry.conceptId,
    parentId: entry.parentId,
    rank: entry.rank,
    contentHash:
      (overlay.entries.has(entry.conceptId) ? undefined : around.contentHashes.get(entry.conceptId)) ??
      contentHash(entry),
    nodeHash: around.nodeHashes.get(entry.conceptId) ?? null,
  }));
  return rehash(scheme, dirty, children).root;
}

function heldTwice(code: string): Finding {
  return {
    rule: 'code-duplicate',
    severity: 'error',
    code,
    message: `${code} is carried by another entry, which this draft neither renumbers nor retires.`,
  };
}
