import type { PlacedEntry } from '#taxonomy';
import { escapeCell } from '../../imports/formats/table/cell-escape.ts';
import type { Column } from '../../imports/formats/table/columns.ts';
import { typeOf } from './columns-of.ts';
import type { ForPeople } from './for-people.ts';

export type Cell = string | number | boolean | null;

/** An entry as cells of these columns; null where it says nothing. Texts are escaped, so that none runs as a formula. */
export function cellsOf(columns: readonly Column[], entry: PlacedEntry, people?: ForPeople): Cell[] {
  return columns.map((column) => {
    const value = valueOf(column, entry, people);
    return typeof value === 'string' ? escapeCell(value) : (value ?? null);
  });
}

function valueOf(column: Column, entry: PlacedEntry, people: ForPeople | undefined): Cell | undefined {
  switch (column.kind) {
    case 'conceptId':
      return entry.conceptId;
    case 'code':
      return entry.code;
    case 'level':
      return entry.level;
    case 'parent':
      return entry.parentCode ?? (entry.parentId && (people?.headings.get(entry.parentId) ?? entry.parentId));
    case 'rank':
      return people?.ranksFollowCodes && entry.code !== null ? null : entry.rank;
    case 'title':
      return entry.titles[column.language]?.official;
    case 'shortTitle':
      return entry.titles[column.language]?.short;
    case 'includes':
    case 'excludes':
    case 'guidance':
      return entry.notes[column.language]?.[column.kind];
    case 'attribute': {
      const value = Object.hasOwn(entry.attributes, column.name) ? entry.attributes[column.name] : undefined;
      return value !== undefined && typeOf(value) === column.type ? value : null;
    }
    default:
      return null;
  }
}
