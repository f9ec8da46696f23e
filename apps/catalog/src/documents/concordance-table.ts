import { stringify } from 'csv-stringify/sync';
import { escapeCell } from '../imports/formats/table/cell-escape.ts';
import { byCode } from './by-code.ts';
import { concordance } from './concordance.ts';
import type { Comparison } from './load-comparison.ts';
import { titleOf } from './titles.ts';
import { words, type Language } from './words.ts';

/** The table old code -> new code ("tabella di raccordo"), with its header, in order of old code. */
export function concordanceTable(comparison: Comparison, language: Language): string[][] {
  const { from, to } = comparison;
  const say = words[language];
  const inOrder = byCode(to.edition);
  const rows = concordance(comparison).sort((a, b) => inOrder(a.old, b.old));
  return [
    [...say.columns],
    ...rows.map(({ old, outcome, next, codeNowMeans }) => [
      old.code ?? '',
      titleOf(old, language, from.edition, say),
      say.outcomes[outcome],
      next?.code ?? '',
      next ? titleOf(next, language, to.edition, say) : '',
      codeNowMeans ? titleOf(codeNowMeans, language, to.edition, say) : '',
      old.conceptId,
      next?.conceptId ?? '',
    ]),
  ];
}

/** RFC 4180, UTF-8 with a byte order mark, so that spreadsheets read accents right; no cell is taken for a formula. */
export function concordanceCsv(comparison: Comparison, language: Language): string {
  const rows = concordanceTable(comparison, language).map((row) =>
    row.map((cell) => (cell === '' ? '' : escapeCell(cell))),
  );
  return stringify(rows, { record_delimiter: 'windows', bom: true });
}
