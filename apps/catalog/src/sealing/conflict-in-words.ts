import {
  changedFields,
  conceptIdFrom,
  isObject,
  nameIn,
  type ConceptId,
  type Entries,
  type Entry,
} from '#taxonomy';
import { listed, say, type Sentence } from '#words';
import type { DraftConflict, Ending } from './conflicts.ts';
import { successorsField } from './contradicted-successions.ts';

/** What an entry is called in what is said of it. */
export type CodeOf = (id: ConceptId) => string;

/** The code, or else the title, that the first of these maps gives an entry; its id where none has it. */
export function codesIn(...maps: readonly Entries[]): CodeOf {
  return (id) => nameIn({ get: () => entryIn(maps, id) }, id);
}

/** An entry as the first of these maps that has it has it. */
export const entryIn = (maps: readonly Entries[], id: ConceptId): Entry | undefined =>
  maps.find((entries) => entries.has(id))?.get(id);

/** What the draft and the map say of one thing, in words: `A1, the title (it): the draft says "Uno", the map says "Due".` */
export function conflictInWords(conflict: DraftConflict, codeOf: CodeOf): Sentence {
  const { conceptId, field, mine, theirs } = conflict;
  if (field !== 'entry')
    return say`${codeOf(conceptId)}, ${fieldInWords(field)}: the draft says ${valueInWords(field, mine, codeOf)}, the map says ${valueInWords(field, theirs, codeOf)}.`;
  return isEnding(mine)
    ? say`${codeOf(conceptId)}: the draft retires it, the map has changed it: ${changeInWords(conflict, codeOf)}.`
    : say`${codeOf(conceptId)}: the draft changes it: ${changeInWords(conflict, codeOf)}; in the map it is retired${takenOver(theirs, codeOf)}.`;
}

/** Who took the place of an entry that is retired, and what comes of bringing it back; nothing where nobody did. */
export function takenOver(theirs: unknown, codeOf: CodeOf): Sentence | string {
  const successors = isEnding(theirs) && theirs ? (theirs.successors ?? []) : [];
  if (successors.length === 0) return '';
  const names = namesOf(successors, codeOf);
  return say`, and its place was taken by ${names}: with "mine" it comes back beside them, and of a record with its old code a person must say which one it means`;
}

/** Of an entry that one side retired: what the other side says otherwise than before. */
export function changeInWords({ before, mine, theirs }: DraftConflict, codeOf: CodeOf): Sentence {
  const after = isEnding(mine) ? theirs : mine;
  if (!isEntry(before) || !isEntry(after)) return say`nothing`;
  const changed = changedFields(before, after);
  if (changed.length === 0) return say`nothing`;
  return listed(
    changed.map(
      ({ field, value }) => say`${fieldInWords(field)} is ${valueInWords(field, value, codeOf)} now`,
    ),
  );
}

/** A field as a person reads it; decisions name it as it is. */
export function fieldInWords(field: string): Sentence | string {
  const [part, name] = field.split(/\.(.*)/s);
  if (name === undefined) return plainFields[field] ?? field;
  if (part === 'titles') return say`the title (${name})`;
  if (part === 'notes') return say`the notes (${name})`;
  return part === 'attributes' ? say`the attribute ${name}` : field;
}

const plainFields: Readonly<Record<string, Sentence>> = {
  code: say`the code`,
  parent: say`the parent`,
  [successorsField]: say`who takes its place`,
};

/** A value of a field as a person reads it: a title without its form, entries by their codes, nothing as nothing. */
export function valueInWords(field: string, value: unknown, codeOf: CodeOf): Sentence | string {
  if (field === successorsField) return namesOf(value, codeOf);
  if (value === null || value === undefined) return say`nothing`;
  if (field === 'parent' && typeof value === 'string') return codeOf(conceptIdFrom(value));
  const isTitle = isObject(value) && Object.keys(value).join() === 'official';
  return JSON.stringify(isTitle ? value['official'] : value).slice(0, 300);
}

export const isEnding = (value: unknown): value is Ending | null =>
  value === null || (isObject(value) && value['retired'] === true && !isEntry(value));

function isEntry(value: unknown): value is Entry {
  return isObject(value) && 'conceptId' in value;
}

function namesOf(ids: unknown, codeOf: CodeOf): Sentence | string {
  const names = Array.isArray(ids) ? ids.map((id: ConceptId) => codeOf(id)) : [];
  return names.length > 0 ? names.join(', ') : say`nobody`;
}
