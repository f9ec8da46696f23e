import { readFileSync } from 'node:fs';
import { completeEdition, statedEditionSchema } from '#contracts';
import { inWords } from '#words';
import { describe, expect, test } from 'vitest';
import { entriesOfRows } from './entries-of-rows.ts';
import { findFormat } from './formats/index.ts';
import { readFileRows } from './testing/read-file-rows.ts';

const page = readFileSync('docs/editions.md', 'utf8');
const examples = [
  ...page.matchAll(/^## (.+)$[\s\S]*?^```json\n([\s\S]*?)^```[\s\S]*?^```csv\n([\s\S]*?)^```/gm),
].map(([, title = '', edition = '', file = '']) => ({ title, edition, file }));

describe('the examples of docs/editions.md', () => {
  test('are three', () => {
    expect(examples.map(({ title }) => title)).toEqual([
      'A map of processes',
      'NACE',
      'A product taxonomy by path',
    ]);
  });

  test.each(examples)(
    '$title: its file is read without a finding, each entry below its parent',
    async ({ edition: text, file }) => {
      const edition = completeEdition(statedEditionSchema.parse(JSON.parse(text)), 'csv');
      const read = await readFileRows(findFormat('csv')?.open(edition, {}), [file]);
      const { entries, findings } = entriesOfRows('s', edition, read.rows);
      expect([...read.findings, ...findings].map(({ message }) => inWords(message, 'en'))).toEqual([]);
      const records = file.trim().split('\n').length - 1;
      expect(entries.size).toBe(records);
      expect([...entries.values()].filter(({ parentId }) => parentId === null)).toHaveLength(1);
    },
  );
});

test('what an edition does not say of its source is filled in; what it says stays', () => {
  const stated = {
    label: 'E',
    titles: { fr: 'E', it: 'E' },
    effectiveDate: '2027-01-01',
    levels: [{ depth: 1, names: { it: 'voce' } }],
  };
  const source = (more: object) =>
    completeEdition(statedEditionSchema.parse({ ...stated, ...more }), 'xlsx').source;
  expect(source({})).toEqual({ file: 'E', format: 'xlsx', language: 'fr' });
  expect(source({ source: { language: 'it', link: 'https://example.org/e' } })).toEqual({
    file: 'E',
    format: 'xlsx',
    language: 'it',
    link: 'https://example.org/e',
  });
});
