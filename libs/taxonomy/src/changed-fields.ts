import type { Entry } from './entry.ts';
import { sameValue } from './equality.ts';

/** A field as conflicts name it (`code`, `titles.it`), and what it says now: null where it says nothing any more. */
export interface ChangedField {
  readonly field: string;
  readonly value: unknown;
}

/** What a later state of an entry says otherwise than an earlier one; the order of siblings is left out. */
export function changedFields(before: Entry, after: Entry): ChangedField[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((field) => !sameValue(was.get(field), is.get(field)))
    .map((field) => ({ field, value: is.get(field) ?? null }));
}

function fieldsOf(entry: Entry): Map<string, unknown> {
  const within = (['titles', 'notes', 'attributes'] as const).flatMap((part) =>
    Object.entries(entry[part]).map(([name, value]): [string, unknown] => [`${part}.${name}`, value]),
  );
  return new Map<string, unknown>([['code', entry.code], ['parent', entry.parentId], ...within]);
}
