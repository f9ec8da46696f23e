import { textKinds, type Column } from '../../imports/formats/table/columns.ts';
import { columnsOf, type Extent } from './columns-of.ts';

/** Columns of the file for editing: what there is, each text that there might be in these languages, and what is asked. */
export function editingColumns(extent: Extent, languages: readonly string[]): Column[] {
  const texts = languages.flatMap((language) => textKinds.map((kind) => ({ kind, language })));
  return [
    ...columnsOf({ ...extent, texts: [...extent.texts, ...texts] }),
    { kind: 'change' },
    { kind: 'reason' },
  ];
}
