import { changedFields, type ConceptId, type Entry, type Finding } from '#taxonomy';
import { listed, say } from '#words';
import { findingOn } from '../imports/finding-on.ts';
import { NamedEntries } from '../imports/files/named-entries.ts';
import { asksToEnd, nameOfRow, type ImportedRow } from '../imports/imported-row.ts';
import { fieldInWords } from '../sealing/conflict-in-words.ts';
import { keepUnmentioned, mentionedIn } from './keep-unmentioned.ts';

/**
 * The entries whose end the rows of a file ask for: by concept id, else by code, else by the titles that lead to them;
 * undefined where there is none, or more than one.
 * @param base the revision that the file is compared with
 */
export function retirementsOf(
  rows: readonly ImportedRow[],
  base: ReadonlyMap<ConceptId, Entry>,
): Map<ImportedRow, Entry | undefined> {
  const named = namedBy(rows, base);
  return new Map([...named].map(([row, entries]) => [row, entries.length === 1 ? entries[0] : undefined]));
}

function namedBy(
  rows: readonly ImportedRow[],
  base: ReadonlyMap<ConceptId, Entry>,
): Map<ImportedRow, readonly Entry[]> {
  const asking = rows.filter(asksToEnd);
  if (asking.length === 0) return new Map();
  const known = new NamedEntries(base);
  return new Map(asking.map((row) => [row, known.of(row).entries]));
}

/** What is doubtful about them, for people to look at; nothing that a file asks for gets lost in silence. */
export function checkRetirements(
  rows: readonly ImportedRow[],
  base: ReadonlyMap<ConceptId, Entry>,
): Finding[] {
  return [...namedBy(rows, base)].flatMap(([row, [entry, ...others]]): Finding[] => {
    const name = nameOfRow(row);
    if (!entry || others.length > 0) {
      const message = entry
        ? say`The file asks to retire ${name}, and ${others.length + 1} entries of the map are called so.`
        : say`The file asks to retire ${name}, which is not in the map.`;
      return [findingOn('retirement-unknown', row, message, { field: 'change_asked', severity: 'warning' })];
    }
    if (row.conceptId !== null) return changedToo(row, entry);
    const differs = Object.entries(row.titles).find(
      ([language, { official }]) => (entry.titles[language]?.official ?? official) !== official,
    );
    if (!differs) return [];
    const [language, { official }] = differs;
    const message = say`The file asks to retire ${name} "${official}"; in the map ${name} is "${entry.titles[language]?.official ?? ''}".`;
    return [
      findingOn('retirement-differs', row, message, { field: `title:${language}`, severity: 'warning' }),
    ];
  });
}

/** Its id says which entry the row is, so that what it says otherwise is a change, which is lost with the entry's end. */
function changedToo(row: ImportedRow, entry: Entry): Finding[] {
  const { titles, notes, attributes } = row;
  const said = { ...entry, code: row.code ?? entry.code, titles, notes, attributes };
  const changed = changedFields(entry, keepUnmentioned(said, entry, mentionedIn([row])));
  if (changed.length === 0) return [];
  const fields = listed(changed.map(({ field }) => fieldInWords(field)));
  const message = say`The file asks to retire ${nameOfRow(row)}, and changes it as well: ${fields}. It ends as it was; if it is to go on, take the request away.`;
  return [findingOn('retirement-differs', row, message, { field: 'change_asked', severity: 'warning' })];
}
