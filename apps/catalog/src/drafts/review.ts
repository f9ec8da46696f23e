import {
  contentHash,
  diff,
  formsTree,
  looksLike,
  rehashInSteps,
  validateChanges,
  validateInSteps,
  type Change,
  type CodeGrammar,
  type ConceptId,
  type Entries,
  type Entry,
  type Finding,
  type Hash,
  type ImportMarks,
  type MerkleChild,
  type Steps,
  type ValidationContext,
} from '#taxonomy';
import { say } from '#words';
import type { HeldElsewhere, Surroundings } from './load-surroundings.ts';
import type { Overlay } from './overlay.ts';

/** What the common databases take. Shorter limits are notes on a file, and for targets to tell: a third of the official titles exceed 80. */
export const titleLengths = [255];

/** So many are hashed before other work of the process goes on. */
const entriesAtOnce = 1_000;

/** What a draft would do if it were published now. */
export interface Review {
  readonly changes: readonly Change[];
  readonly findings: readonly Finding[];
  /** Content hash of the revision that it would make; null when its entries form no tree. */
  readonly contentHash: Hash | null;
}

/** Of an edition: how its codes are written, which attributes its entries have, and its language. */
export type DraftGrammar = CodeGrammar &
  ImportMarks &
  Pick<ValidationContext, 'attributes'> & { readonly source?: { readonly language: string } };

/** Compares, checks and hashes a draft against the part of the head around it, in pieces: that may be the whole map. */
export function* review(
  scheme: string,
  grammar: DraftGrammar,
  overlay: Overlay,
  around: Surroundings,
): Steps<Review> {
  const next = mapAfter(overlay, around);
  const { attributes } = grammar;
  const findings = [
    ...(yield* validateInSteps(grammar, next, {
      base: around.entries,
      attributes,
      marks: grammar,
      officialLanguage: grammar.source?.language,
      titleLengths,
    })),
    ...around.heldElsewhere.flatMap((held) => heldTwice(held, overlay, around)),
  ];
  const isTree = formsTree(findings);
  const { successions } = overlay;
  yield;
  const changes = isTree ? changesOf(grammar, overlay, around, next) : [];
  yield;
  return {
    changes,
    findings: [
      ...findings,
      ...validateChanges(changes, {
        successions,
        next,
        base: around.entries,
        formerHolders: around.formerHolders,
        takenOver: around.takenOver,
        codesOfEdition: around.codesOfEdition,
      }),
    ],
    contentHash: isTree ? yield* rootAfter(scheme, grammar, overlay, around, next) : null,
  };
}

/** Compares alone, for a draft that was checked and approved as it is. */
export function changesOf(
  grammar: DraftGrammar,
  overlay: Overlay,
  around: Pick<Surroundings, 'entries' | 'former' | 'formerHolders'>,
  next: Entries = mapAfter(overlay, around),
): Change[] {
  const { successions } = overlay;
  const { entries, former: formerConcepts, formerHolders } = around;
  return diff(entries, next, { grammar, successions, formerConcepts, formerHolders });
}

function mapAfter(overlay: Overlay, { entries }: Pick<Surroundings, 'entries'>): Map<ConceptId, Entry> {
  const next = new Map(entries);
  for (const id of overlay.retired) next.delete(id);
  for (const [id, entry] of overlay.entries) next.set(id, entry);
  return next;
}

function* rootAfter(
  scheme: string,
  { attributes }: DraftGrammar,
  overlay: Overlay,
  around: Surroundings,
  next: Entries,
): Steps<Hash> {
  const dirty = new Set([...around.dirty, ...overlay.entries.keys()]);
  const children: MerkleChild[] = [];
  for (const entry of next.values()) {
    const { conceptId, parentId, rank } = entry;
    const stored = overlay.entries.has(conceptId) ? undefined : around.contentHashes.get(conceptId);
    children.push({
      conceptId,
      parentId,
      rank,
      contentHash: stored ?? contentHash(entry, attributes),
      nodeHash: around.nodeHashes.get(conceptId) ?? null,
    });
    if (children.length % entriesAtOnce === 0) yield;
  }
  return (yield* rehashInSteps(scheme, dirty, children)).root;
}

/** What is around the draft is checked with it, and has told of the codes that it holds itself. */
function heldTwice(
  { conceptId, holder, code }: HeldElsewhere,
  { entries }: Overlay,
  around: Surroundings,
): Finding[] {
  const entry = entries.get(conceptId);
  if (!entry || around.entries.has(holder)) return [];
  if (entry.code !== code) return [looksLike(entry, code)];
  const message = say`${code} is carried by another entry, which this draft neither renumbers nor retires.`;
  return [{ rule: 'code-duplicate', severity: 'error', code, message }];
}
