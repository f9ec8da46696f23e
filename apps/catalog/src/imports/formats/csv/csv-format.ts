import type { Edition } from '#contracts';
import type { Finding } from '#taxonomy';
import { say } from '#words';
import { z } from 'zod';
import { fileFormat } from '../file-format.ts';
import { readTable } from '../table/read-table.ts';
import { tableOptionsSchema } from '../table/table-options.ts';
import type { TableRead } from '../table/table.ts';
import { decodeText, encodings } from '../text/decode-text.ts';
import { findSeparator, separators, statedSeparator } from './find-separator.ts';
import { readRecords } from './parse-records.ts';

const options = tableOptionsSchema.extend({
  /** Found when left out. */
  encoding: z.enum(encodings).exactOptional(),
  /** Found when left out. A tab may be called so: nobody can see one, and in a terminal hardly anybody can type it. */
  separator: z
    .preprocess((sign) => (sign === 'tab' || sign === '\\t' ? '\t' : sign), z.enum(separators))
    .exactOptional(),
});
type CsvOptions = z.output<typeof options>;

export const csvFormat = fileFormat({
  name: 'csv',
  mediaTypes: ['text/csv', 'text/tab-separated-values'],
  extensions: ['.csv', '.tsv', '.tab'],
  options,
  open: (edition: Edition, stated) => (bytes) => readTable(edition, stated, readCsv(bytes, stated)),
});

/** Enough to hold the header, which tells the separator. */
const beginningLength = 65_536;

async function* readCsv(
  bytes: AsyncIterable<Uint8Array>,
  { encoding, separator }: CsvOptions,
): AsyncGenerator<TableRead[]> {
  const assumptions: Finding[] = [];
  const text = textOf(decodeText(bytes, encoding), assumptions);
  let beginning = '';
  let hasMore = true;
  while (hasMore && beginning.length < beginningLength) {
    const { done, value } = await text.next();
    if (done) hasMore = false;
    else beginning += value;
  }
  if (beginning.startsWith('PK\u0003\u0004')) {
    yield [{ finding: archive }];
    return;
  }
  const bySep = statedSeparator(beginning);
  const rest = beginning.slice(bySep?.length ?? 0);
  const chosen = separator ?? bySep?.separator ?? findSeparator(rest);
  for await (const batch of readRecords(chained(rest, text), chosen, bySep ? 2 : 1)) {
    yield assumptions.splice(0).map((finding) => ({ finding }));
    yield batch;
  }
}

const archive: Finding = {
  rule: 'file-kind',
  severity: 'error',
  message: say`This is no text with separators: it begins like an XLSX or DOCX file. Import it with the format "xlsx" or "docx".`,
};

async function* textOf(
  decoded: AsyncIterable<string | { readonly finding: Finding }>,
  assumptions: Finding[],
): AsyncGenerator<string, undefined> {
  for await (const piece of decoded)
    if (typeof piece === 'string') yield piece;
    else assumptions.push(piece.finding);
}

async function* chained(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}
