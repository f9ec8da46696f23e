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
  type Entries,
  type Entry,
  type Finding,
  type Hash,
  type ImportMarks,
  type ValidationContext,
} from '#taxonomy';
import type { Surroundings } from './load-surroundings.ts';
import type { Overlay } from './overlay.ts';

/** What the common databases take. Shorter limits are for targets to tell: a third of the official titles exceed 80. */
const titleLengths = [255];

/** What a draft would do if it were published now. */
export interface Review {
  readonly changes: readonly Change[];
  readonly findings: readonly Finding[];
  /** Content hash of the revision that it would make; null when its entries form no tree. */
  readonly contentHash: Hash | null;
}

/** Of an edition: how its codes are written, and which attributes its entries have. */
export type DraftGrammar = CodeGrammar & ImportMarks & Pick<ValidationContext, 'attributes'>;

/** Compares, checks and hashes a draft against the part of the head around it. */
export function review(
  scheme: string,
  grammar: DraftGrammar,
  overlay: Overlay,
  around: Surroundings,
): Review {
  const next = mapAfter(overlay, around);
  const { attributes } = grammar;
  const findings = [
    ...validate(grammar, next, { base: around.entries, attributes, marks: grammar, titleLengths }),
    ...around.heldElsewhere.map(heldTwice),
  ];
  const isTree = formsTree(findings);
  const { successions } = overlay;
  const changes = isTree ? changesOf(grammar, overlay, around, next) : [];
  return {
    changes,
    findings: [...findings, ...validateChanges(changes, { successions, next })],
    contentHash: isTree ? rootAfter(scheme, grammar, overlay, around, next) : null,
  };
}

/** Compares alone, for a draft that was checked and approved as it is. */
export function changesOf(
  grammar: DraftGrammar,
  overlay: Overlay,
  around: Pick<Surroundings, 'entries' | 'former'>,
  next: Entries = mapAfter(overlay, around),
): Change[] {
  const { successions } = overlay;
  return diff(around.entries, next, { grammar, successions, formerConcepts: around.former });
}

function mapAfter(overlay: Overlay, { entries }: Pick<Surroundings, 'entries'>): Map<ConceptId, Entry> {
  const next = new Map(entries);
  for (const id of overlay.retired) next.delete(id);
  for (const [id, entry] of overlay.entries) next.set(id, entry);
  return next;
}

function rootAfter(
  scheme: string,
  { attributes }: DraftGrammar,
  overlay: Overlay,
  around: Surroundings,
  next: Entries,
): Hash {
  const dirty = new Set([...around.dirty, ...overlay.entries.keys()]);
  const children = [...next.values()].map((entry) => ({
    conceptId: entry.conceptId,
    parentId: entry.parentId,
    rank: entry.rank,
    contentHash:
      (overlay.entries.has(entry.conceptId) ? undefined : around.contentHashes.get(entry.conceptId)) ??
      contentHash(entry, attributes),
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
