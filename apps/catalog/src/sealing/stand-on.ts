import type { Edition } from '#contracts';
import {
  titleOf,
  type Change,
  type Code,
  type ConceptId,
  type Entries,
  type Entry,
  type Finding,
  type FormerHolder,
  type FormerHolders,
  type Hash,
  type Steps,
  type TakenOver,
} from '#taxonomy';
import { say } from '#words';
import type { Overlay } from '../drafts/overlay.ts';
import { wholeMap } from '../drafts/review-in-full.ts';
import { review } from '../drafts/review.ts';
import { findingKey } from '../review/finding-key.ts';
import type { Reasons } from './conflicts.ts';
import { endedAfter, type Ended } from './contradicted-successions.ts';
import { mergeOnto } from './merge-onto.ts';

/** A whole map, with what a draft that stands on it must know. */
export interface Base {
  readonly entries: Entries;
  readonly contentHash: Hash | null;
  /** Number of the revision in force that it is, or stands on. */
  readonly revision: number;
  readonly edition: Edition;
  /** Every concept that the scheme has or had. */
  readonly known: ReadonlySet<ConceptId>;
  /** Codes that sealed sets below have freed, each with the concept that carried it last. */
  readonly freed: FormerHolders;
  /** Entries that ended in sealed sets below, with who took their places. */
  readonly ended: Ended;
}

/** What a draft changes, with each touched entry as it was on the base of the draft. */
export interface ChangesOfDraft {
  readonly overlay: Overlay;
  readonly before: Entries;
  readonly edition: Edition;
  /** Edition of the revision on which it was opened. */
  readonly baseEdition: Edition | null;
  /** Who last carried the codes that it gives out, up to the revision in force. */
  readonly formerHolders: FormerHolders;
  /** Entries that it changes, retires, or names as predecessors, and that ended since its base, with who took their places. */
  readonly ended: Ended;
  /** Names of the warnings that somebody has acknowledged. */
  readonly acknowledged: ReadonlySet<string>;
}

/** A draft on a base: what it changes there and the map that it makes; or what a person must decide first. */
export type Standing =
  | {
      readonly holds: true;
      readonly overlay: Overlay;
      readonly changes: readonly Change[];
      readonly contentHash: Hash;
      readonly next: Base;
    }
  | (Reasons & { readonly holds: false });

/**
 * Brings a draft onto a base by a merge of three: what only one side changed is taken, what both changed is a conflict,
 * also who takes the place of an entry that both end. An error there, or a warning that nobody has acknowledged, is for a person too.
 */
export function* standOn(scheme: string, draft: ChangesOfDraft, base: Base): Steps<Standing> {
  const { overlay, edition, conflicts } = mergeOnto(draft, base);
  const former = new Set([...overlay.entries.keys()].filter((id) => isFormer(id, base)));
  const formerHolders = new Map([...draft.formerHolders, ...base.freed]);
  const takenOver = whoTookOver(former, new Map([...draft.ended, ...base.ended]), base.entries);
  const around = wholeMap(base.entries, former, formerHolders, takenOver);
  const reviewed = yield* review(scheme, edition, overlay, around);
  const findings = reviewed.findings.filter((finding) => isOpen(finding, draft.acknowledged));
  const { changes, contentHash } = reviewed;
  if (conflicts.length > 0 || findings.length > 0 || contentHash === null)
    return { holds: false, conflicts, findings };
  if (changes.length === 0) return { holds: false, conflicts, findings: [nothingLeft] };
  const known = new Set([...base.known, ...overlay.entries.keys()]);
  const next = {
    entries: applied(overlay, base.entries),
    contentHash,
    revision: base.revision,
    edition,
    known,
    freed: new Map([...base.freed, ...freedBy(changes)]),
    ended: endedAfter(base.ended, overlay),
  };
  return { holds: true, overlay, changes, contentHash, next };
}

const isOpen = (finding: Finding, acknowledged: ReadonlySet<string>): boolean =>
  finding.severity === 'error' || (finding.severity === 'warning' && !acknowledged.has(findingKey(finding)));

const isFormer = (id: ConceptId, { entries, known }: Base): boolean => !entries.has(id) && known.has(id);

/** As far as it came about since the base of the draft; what came about before was told when it was submitted. */
function whoTookOver(former: ReadonlySet<ConceptId>, ended: Ended, base: Entries): TakenOver {
  const entriesOf = (id: ConceptId) => (ended.get(id) ?? []).flatMap((each) => base.get(each) ?? []);
  return new Map([...former].map((id) => [id, entriesOf(id)]));
}

function freedBy(changes: readonly Change[]): [Code, FormerHolder][] {
  return changes.flatMap(({ conceptId, before, after }): [Code, FormerHolder][] =>
    before?.code && before.code !== after?.code
      ? [[before.code, { conceptId, title: titleOf(before), now: after?.code ?? null }]]
      : [],
  );
}

function applied(overlay: Overlay, base: Entries): Map<ConceptId, Entry> {
  const next = new Map(base);
  for (const id of overlay.retired) next.delete(id);
  for (const [id, entry] of overlay.entries) next.set(id, entry);
  return next;
}

const nothingLeft: Finding = {
  rule: 'nothing-left',
  severity: 'error',
  message: say`Everything that this draft changes has come into force by another way.`,
};
