import {
  contentHash,
  diff,
  rehash,
  validate,
  type Change,
  type CodeGrammar,
  type ConceptId,
  type Entry,
  type Finding,
  type Hash,
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

/** Compares, checks and hashes a draft against the part of the head around it. */
export function review(scheme: string, grammar: CodeGrammar, overlay: Overlay, around: Surroundings): Review {
  const next = new Map<ConceptId, Entry>(around.entries);
  for (const id of overlay.retired) next.delete(id);
  for (const [id, entry] of overlay.entries) next.set(id, entry);
  const findings = [
    ...validate(grammar, next),
    ...around.heldElsewhere.map(heldTwice),
    ...unknownSuccessors(overlay, next),
  ];
  const isTree = !findings.some(({ rule }) => rule === 'parent-missing' || rule === 'too-deep');
  const context = { grammar, successions: overlay.successions, formerConcepts: around.former };
  return {
    changes: !isTree ? [] : diff(around.entries, next, context),
    findings,
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

function unknownSuccessors({ successions }: Overlay, next: ReadonlyMap<ConceptId, Entry>): Finding[] {
  return successions.links
    .filter(({ successor }) => !next.has(successor))
    .map(({ successor }) => ({
      rule: 'successor-missing',
      severity: 'error',
      message: `The successor ${successor} is not in the map that this draft makes.`,
    }));
}
