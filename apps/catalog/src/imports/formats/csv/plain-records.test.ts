import fc from 'fast-check';
import { expect, test } from 'vitest';
import { separators } from './find-separator.ts';
import type { TableRead } from '../table/table.ts';
import { parseRecords, readRecords } from './parse-records.ts';

async function* piecesOf(text: string, size: number): AsyncGenerator<string> {
  for (let i = 0; i < text.length; i += size) yield text.slice(i, i + size);
}
/** How often something is said of quotation marks may differ, because the parser alone counts no empty lines before them. */
async function all(batches: AsyncIterable<readonly TableRead[]>): Promise<unknown> {
  const reads: TableRead[] = [];
  for await (const batch of batches) reads.push(...batch);
  return {
    rows: reads.filter((read) => 'row' in read),
    rules: new Set(reads.flatMap((read) => ('finding' in read ? read.finding.rule : []))),
  };
}

const signs = fc.constantFrom('a', 'à', ' ', ';', ',', '\n', '\r\n', '\r', '"', '""', '"b\nc"', ';"d"');
const lines = fc.constantFrom('', 'a', 'a;b', ' ', 'x,y;z', '\0', ';;');
const texts = fc.oneof(
  fc.array(signs, { maxLength: 30 }).map((parts) => parts.join('')),
  fc
    .tuple(fc.array(lines, { maxLength: 8 }), fc.constantFrom('\n', '\r\n', '\r'), fc.string())
    .map(([before, end, after]) => [...before, after].join(end)),
);

test('a text is read as the parser alone would read it, wherever it is cut into pieces', async () => {
  await fc.assert(
    fc.asyncProperty(
      texts,
      fc.constantFrom(...separators),
      fc.integer({ min: 1, max: 9 }),
      async (text, separator, size) => {
        const read = await all(readRecords(piecesOf(text, size), separator, 1));
        expect(read).toEqual(await all(parseRecords(piecesOf(text, text.length + 1), separator, 1)));
      },
    ),
    { numRuns: 1_000 },
  );
});
