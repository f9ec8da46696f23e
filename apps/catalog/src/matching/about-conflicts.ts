import { codeBeside, type Entries, type Finding } from '#taxonomy';
import { say, type Sentence } from '#words';
import {
  changeInWords,
  codesIn,
  entryIn,
  fieldInWords,
  isEnding,
  takenOver,
  valueInWords,
  type CodeOf,
} from '../sealing/conflict-in-words.ts';
import type { DraftConflict } from '../sealing/conflicts.ts';
import { successorsField } from '../sealing/contradicted-successions.ts';
import type { Brought } from './bring-onto.ts';

interface Sides {
  /** The revision that the file was made from, and the one in force with its number. */
  readonly before: Entries;
  readonly now: Entries;
  readonly head: number;
}

const mostNamed = 100;

/** Conflicts in words, with what each side says, for whoever sent the file; the first hundred of them. */
export function aboutConflicts(
  { entries, conflicts }: Pick<Brought, 'entries' | 'conflicts'>,
  { before, now, head }: Sides,
  draftId: string,
): Finding[] {
  const made = new Map(entries.map((entry) => [entry.conceptId, entry]));
  const codeOf = codesIn(made, now, before);
  const nameOf = codesIn(before, now, made);
  return conflicts.slice(0, mostNamed).map((conflict) => {
    const { conceptId } = conflict;
    const said = whatBothSay(conflict, head, codeOf);
    return {
      rule: 'changed-by-both',
      severity: 'warning',
      ...codeBeside(entryIn([before, now, made], conceptId)),
      message: say`${nameOf(conceptId)}: ${said}. Decide it: POST /api/v1/drafts/${draftId}/rebase.`,
    };
  });
}

function whatBothSay(conflict: DraftConflict, head: number, codeOf: CodeOf): Sentence {
  const { field } = conflict;
  if (field === 'entry')
    return isEnding(conflict.mine)
      ? say`the file asks to retire it, and revision ${head} has changed it: ${changeInWords(conflict, codeOf)}`
      : say`the file changes it: ${changeInWords(conflict, codeOf)}; revision ${head} has retired it${takenOver(conflict.theirs, codeOf)}`;
  const said = (side: 'mine' | 'theirs' | 'before') => valueInWords(field, conflict[side], codeOf);
  if (field === successorsField)
    return say`it ended meanwhile, and its place was taken by ${said('theirs')}; the file says ${said('mine')}`;
  return say`the file says ${said('mine')} for ${fieldInWords(field)}, revision ${head} says ${said('theirs')}, before both it was ${said('before')}`;
}
