import { correctionsSchema, type Edition } from '#contracts';
import { say } from '#words';
import { z } from 'zod';
import { checkExpectations } from '../../check-expectations.ts';
import type { CodedRow } from '../../coded-row.ts';
import { correct } from '../../correct.ts';
import { decode } from '../../decode.ts';
import type { ImportedRow, Read } from '../../imported-row.ts';
import { readCells } from '../../read-cells.ts';
import { underHeadings } from '../../under-headings.ts';
import { fileFormat } from '../file-format.ts';

const options = z.strictObject({
  /** Reviewed corrections of the transcription. */
  corrections: correctionsSchema.default({ why: '', read: [], add: [] }),
});

/** A text of this length is a book; it is held in memory, because its corrections are checked against all of it. */
const mostBytes = 50_000_000;

/** The text of the official document, as it was transcribed: tables with tabs, headings between them. */
export const officialTextFormat = fileFormat({
  name: 'official-text',
  mediaTypes: ['text/plain'],
  extensions: ['.txt'],
  options,
  open: (edition: Edition, { corrections }) =>
    async function* (bytes) {
      const document = await upTo(mostBytes, bytes);
      if (!document) {
        yield { finding: tooLarge };
        return;
      }
      const { text, findings: damage } = decode(document);
      const cells = readCells(edition, text);
      const placed = underHeadings(edition, cells.rows);
      const corrected = correct(edition, corrections, placed.rows);
      const expected = checkExpectations(edition, corrections, corrected.rows);
      for (const finding of [
        ...damage,
        ...cells.findings,
        ...placed.findings,
        ...corrected.findings,
        ...expected,
      ])
        yield { finding };
      const { language } = edition.source;
      for (const heading of placed.headings)
        yield rowOf(language, heading, { attributes: {}, title: heading });
      for (const row of corrected.rows) yield rowOf(language, row.code, row);
    },
});

function rowOf(
  language: string,
  key: string,
  { code, title, heading, attributes, line }: Partial<CodedRow> & Pick<CodedRow, 'title' | 'attributes'>,
): Read {
  const row: ImportedRow = {
    key,
    conceptId: null,
    code: code ?? null,
    parent: heading ?? (code === undefined ? null : undefined),
    rank: null,
    titles: title ? { [language]: { official: title } } : {},
    notes: {},
    attributes,
    ...(line === undefined ? {} : { line }),
  };
  return { row };
}

async function upTo(most: number, bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of bytes) {
    total += chunk.length;
    if (total > most) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const tooLarge = {
  rule: 'file-too-large',
  severity: 'error' as const,
  message: say`The text is larger than ${mostBytes / 1_000_000} MB.`,
};
