import type { ConceptId, Entries, Finding } from '#taxonomy';
import { say, type Sentence } from '#words';
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
  const codeOf: CodeOf = (id) => (made.get(id) ?? now.get(id) ?? before.get(id))?.code ?? id;
  return conflicts.slice(0, mostNamed).map((conflict) => {
    const code = before.get(conflict.conceptId)?.code ?? conflict.conceptId;
    const said = whatBothSay(conflict, head, codeOf);
    return {
      rule: 'changed-by-both',
      severity: 'warning',
      code,
      message: say`${code}: ${said}. Decide it: POST /api/v1/drafts/${draftId}/rebase.`,
    };
  });
}

type CodeOf = (id: ConceptId) => string;

function whatBothSay({ field, before, mine, theirs }: DraftConflict, head: number, codeOf: CodeOf): Sentence {
  if (field === 'entry')
    return mine === null
      ? say`the file asks to retire it, and revision ${head} changed it`
      : say`the file changes it, and revision ${head} retired it`;
  if (field === successorsField)
    return say`it ended meanwhile, and its place was taken by ${named(theirs, codeOf)}; the file says ${named(mine, codeOf)}`;
  return say`the file says ${shown(mine)} for ${field}, revision ${head} says ${shown(theirs)}, before both it was ${shown(before)}`;
}

function named(ids: unknown, codeOf: CodeOf): Sentence | string {
  const names = Array.isArray(ids) ? ids.map((id: ConceptId) => codeOf(id)) : [];
  return names.length > 0 ? names.join(', ') : say`nobody`;
}

function shown(value: unknown): string {
  const isTitle = typeof value === 'object' && value !== null && Object.keys(value).join() === 'official';
  return JSON.stringify(isTitle ? Object.values(value)[0] : value).slice(0, 300);
}
