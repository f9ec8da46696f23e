import { fieldOf, type AttributeType, type Column, type PlainKind, type TextKind } from './columns.ts';
import { unescapeCell } from './cell-escape.ts';

/** The columns of a table, ready to read rows by. `i` is the place in a row. */
export interface Header {
  readonly width: number;
  readonly places: ReadonlyMap<PlainKind, number>;
  readonly texts: readonly { readonly kind: TextKind; readonly language: string; readonly i: number }[];
  readonly attributes: readonly { readonly name: string; readonly type: AttributeType; readonly i: number }[];
  /** An export or a file for editing, which carries concept ids: its cells are taken to the letter. */
  readonly isOurs: boolean;
  /** Which part of an entry stands at a place in a row: `code`, `title:it`, `attribute:hours`; undefined where nothing is read. */
  readonly fieldAt: (index: number) => string | undefined;
  /** Whether anything is read from a place in a row. */
  readonly isRead: (index: number) => boolean;
  /** The text of a cell. */
  readonly textOf: (cell: string) => string;
}

export function headerFrom(columns: readonly (Column | null)[]): Header {
  const places = new Map<PlainKind, number>();
  const texts: Header['texts'][number][] = [];
  const attributes: Header['attributes'][number][] = [];
  columns.forEach((column, i) => {
    if (!column) return;
    if (column.kind === 'attribute') attributes.push({ name: column.name, type: column.type, i });
    else if ('language' in column) texts.push({ ...column, i });
    else places.set(column.kind, i);
  });
  const isOurs = places.has('conceptId');
  const isRead = (index: number) => Boolean(columns[index]);
  const fieldAt = (index: number) => {
    const column = columns[index];
    return column ? fieldOf(column) : undefined;
  };
  const textOf = isOurs ? exact : tidied;
  return { width: columns.length, places, texts, attributes, isOurs, fieldAt, isRead, textOf };
}

const exact = (cell: string): string => unescapeCell(cell).normalize('NFC');

/** Words of ASCII and of Western European letters with one space between, as nearly all cells are. */
const tidy = /^(?:[!-~\u00a1-\u02ff]+(?: [!-~\u00a1-\u02ff]+)*)?$/;

/** What people typed: single spaces, none at the ends, lines kept. */
function tidied(cell: string): string {
  if (tidy.test(cell)) return cell;
  return cell
    .normalize('NFC')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
}
