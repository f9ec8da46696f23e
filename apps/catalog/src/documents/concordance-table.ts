import { stringify } from 'csv-stringify/sync';
import { mustBeQuoted } from '../export/table/csv-of.ts';
import { textSheet } from '../export/xlsx/text-sheet.ts';
import { workbook } from '../export/xlsx/workbook.ts';
import { escapeCell } from '../imports/formats/table/cell-escape.ts';
import { byCode } from './by-code.ts';
import { concordance } from './concordance.ts';
import type { Comparison } from './load-comparison.ts';
import { namer } from './names.ts';
import { wordsBetween, type Language } from './words.ts';

/**
 * The table old code -> new code ("tabella di raccordo"), with its header, in order of old code. Entries without a code come
 * first, and are told by the titles that lead to them. No cell is taken for a formula.
 */
export function concordanceTable(comparison: Comparison, language: Language): string[][] {
  const { from, to, before, after } = comparison;
  const say = wordsBetween(from.number, to.number, language);
  const nameBefore = namer(before, language, from.edition, say);
  const nameAfter = namer(after, language, to.edition, say);
  const inOrder = byCode(to.edition);
  const rows = concordance(comparison).map((row) => ({ ...row, name: nameBefore(row.old) }));
  rows.sort((a, b) => inOrder(a.old, b.old) || a.name.localeCompare(b.name, language));
  return [
    [...say.columns],
    ...rows.map(({ old, name, outcome, next, codeNowMeans }) =>
      [
        old.code ?? '',
        name,
        outcome === 'retitled' && old.code === null ? say.retitledWithoutCode : say.outcomes[outcome],
        next?.code ?? '',
        next ? nameAfter(next) : '',
        codeNowMeans ? nameAfter(codeNowMeans) : '',
        old.conceptId,
        next?.conceptId ?? '',
      ].map((cell) => (cell === '' ? '' : escapeCell(cell))),
    ),
  ];
}

/** RFC 4180, UTF-8 with a byte order mark, so that spreadsheets read accents right. */
export function concordanceCsv(comparison: Comparison, language: Language): string {
  const options = { record_delimiter: 'windows', bom: true, quoted_match: mustBeQuoted };
  return stringify(concordanceTable(comparison, language), options);
}

const widths = [14, 60, 16, 14, 60, 60, 38, 38];

/** The same table as a workbook. */
export async function concordanceXlsx(comparison: Comparison, language: Language): Promise<Buffer> {
  const [header = [], ...rows] = concordanceTable(comparison, language);
  const chunks: Uint8Array[] = [];
  const { concordance: name } = wordsBetween(comparison.from.number, comparison.to.number, language);
  for await (const chunk of workbook({ name, xml: textSheet(header, rows, widths) })) chunks.push(chunk);
  return Buffer.concat(chunks);
}
