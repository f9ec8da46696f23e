import type { Hold, TargetState } from '#contracts';
import { recalled, say, type Sentence } from '#words';
import { doesNotAddUp } from '../delivery/turn.ts';
import { describeHold } from '../guards/describe-hold.ts';

/** What a target is, for the words that say why it is not simply in step. */
export interface Standing {
  readonly state: TargetState;
  readonly scheme: string;
  readonly desired: number;
  readonly skipped: number;
  readonly hold: Hold | null;
  readonly quarantine: string | null;
  readonly pauseReason: string | null;
  readonly trouble: 'failing' | 'slow-down' | null;
  /** In the words of the target, or of whoever found it out. */
  readonly troubleReason: string | null;
  /** Of the first code that it does not take. */
  readonly stuckReason: { readonly code: string; readonly reason: string } | null;
  /** Why nothing is sent to anybody. */
  readonly haltReason: string | null;
  /** Its records are said to stand elsewhere now, and were not found there yet. */
  readonly isMoved: boolean;
  /** What the replica of its map held and does not hold now; null as a rule. */
  readonly repairedUntil: number | null;
  /** Inside the delivery windows of its system. */
  readonly isOpen: boolean;
  /** It is compared in full before it may say that it holds a revision. */
  readonly isCompared: boolean;
  /** All its records are to be sent again. */
  readonly isResynced: boolean;
  /** Some revision of its map has arrived. */
  readonly isMapKnown: boolean;
  /** Why its last reading came to nothing; null: it did not. */
  readonly unreadable: string | null;
  /** What its last reading found; null: it was never read. */
  readonly wrong: Wrong | null;
}

export interface Wrong {
  readonly missing: number;
  readonly altered: number;
  readonly extra: number;
  /** It is more than is mended without a person. */
  readonly isHeld: boolean;
  /** Some of it was mended before, and was found wrong again. */
  readonly isInVain: boolean;
  /** Records that were mended three times in a row or more, wrong now or not. */
  readonly recurring: number;
}

/** Why a target is where it is, and what a person may do; null: nothing is to be said. */
export function reasonFor(target: Standing): Sentence | null {
  switch (target.state) {
    case 'observe':
      return target.isMapKnown ? say`only observed; an operator turns it on` : nobodyKnows(target.scheme);
    case 'paused':
      return target.pauseReason === null
        ? say`paused by an operator`
        : say`paused by an operator: ${target.pauseReason}`;
    case 'quarantined':
      return say`in quarantine: ${recalled(target.quarantine ?? '')}`;
    case 'held':
      return target.hold && describeHold(target.hold, target.isCompared);
    case 'unreachable':
      return quoted(target.troubleReason);
    case 'stuck':
      return target.stuckReason && say`${target.stuckReason.code}: ${recalled(target.stuckReason.reason)}`;
    case 'drifted':
      return target.wrong && whatStaysWrong(target.wrong);
    case 'in-step-except': {
      const skipped = say`an operator skipped ${target.skipped}`;
      const unsure = whatIsUnsure(target);
      return unsure ? say`${skipped}; ${unsure}` : skipped;
    }
    case 'in-step':
      return whatIsUnsure(target);
    default:
      return whatItWaitsFor(target);
  }
}

function whatItWaitsFor(target: Standing): Sentence | null {
  if (target.haltReason !== null) return say`all deliveries are stopped: ${target.haltReason}`;
  if (target.isMoved) return whyItIsNotTrusted(target.wrong);
  if (target.repairedUntil !== null)
    return say`the map is fetched anew from the catalog; nothing is sent before revision ${target.repairedUntil} is here again`;
  if (!target.isOpen) return say`outside the delivery windows of its system`;
  if (target.trouble === 'slow-down') return say`asked to slow down: ${recalled(target.troubleReason ?? '')}`;
  if (target.isCompared) return say`all its records are being compared with the map`;
  if (target.isResynced) return say`all its records are to be sent again`;
  if (!target.isMapKnown) return nobodyKnows(target.scheme);
  if (target.desired === 0) return say`no revision has arrived yet`;
  // Its records do not add up, and nothing more follows by itself.
  return target.trouble === null && target.troubleReason !== null ? doesNotAddUp : null;
}

const nobodyKnows = (scheme: string): Sentence =>
  say`no revision of a map "${scheme}" has arrived; when none is to be published, its name in the targets file is wrong`;

function whyItIsNotTrusted(wrong: Wrong | null): Sentence {
  const moved = say`its place changed; nothing is sent before a check has found its records there`;
  if (wrong === null || countWrong(wrong) === 0) return moved;
  return say`${moved}; the last check found ${countWrong(wrong)} wrong: see its drift`;
}

export const countWrong = ({ missing, altered, extra }: Wrong): number => missing + altered + extra;

function whatStaysWrong({ missing, altered, extra, isHeld, isInVain }: Wrong): Sentence {
  const found = say`it does not hold what it acknowledged (records missing: ${missing}, altered: ${altered}, extra: ${extra})`;
  if (isInVain)
    return say`${found}, and some of that was mended before and is wrong again: look at its drift, then mend it there and ask for a drift check, or release the repair (POST …/drift-repair) to have it tried once more`;
  return isHeld
    ? say`${found}, and so much is wrong that nothing was mended: look at its drift, then release the repair, or mend it there and ask for a drift check`
    : say`${found}, and its profile only reports that: mend it there and ask for a drift check, or ask for a resync`;
}

/** It acknowledged everything, and a person must know more. */
function whatIsUnsure({ unreadable, wrong }: Standing): Sentence | null {
  if (unreadable !== null)
    return say`whether it holds still what it acknowledged is not known, because it could not be read: ${recalled(unreadable)}`;
  return whoChangesIt(wrong);
}

function whoChangesIt(wrong: Wrong | null): Sentence | null {
  if (wrong === null || wrong.recurring === 0) return null;
  return say`something there changes records of ours again each time they are mended (records: ${wrong.recurring}): see its drift, and stop what does it`;
}

const quoted = (words: string | null): Sentence | null => (words === null ? null : recalled(words));
