import { levelOf, merkle, type Entry } from '#taxonomy';
import { beforeAll, describe, expect, test } from 'vitest';
import type { EditionFolder } from '../bootstrap/read-edition-folder.ts';
import { seedFolder } from '../testing/seed.ts';
import { importOfficialText, type Imported } from './official-text.ts';

let folder: EditionFolder;
let imported: Imported;
let entries: Entry[];
beforeAll(async () => {
  folder = await seedFolder();
  imported = importOfficialText(folder.scheme.id, folder.edition, folder.corrections, folder.document);
  entries = [...imported.entries.values()];
});

const coded = (letter: string, depth: number) =>
  entries.filter(({ code }) => code?.startsWith(letter) && levelOf(folder.edition, code)?.depth === depth)
    .length;
const byRule = (rule: string) => imported.findings.filter((finding) => finding.rule === rule);
const byCode = (code: string) => entries.find((entry) => entry.code === code);

describe('Rev. 2023, as its transcription has it', () => {
  // DESIGN.md section 10; the lost ones are in these counts: A1.1.4.1, A1.3.1.1 | B2.1.1, B2.1.1.1, B2.2.1.1 | D6.1.0.1 | E1.1.0.1, E1.3.0.1
  test.each([
    ['A', [3, 7, 20, 59 + 2], 91],
    ['B', [3, 5, 8 + 1, 45 + 2], 64],
    ['C', [2, 11, 33, 49], 95],
    ['D', [6, 15, 50, 80 + 1], 152],
    ['E', [1, 5, 10, 8 + 2], 26],
    ['F', [1, 2, 6, 6], 15],
    ['Z', [1, 1, 1, 3], 6],
  ])('%s has %j codes by level, %i in all', (letter, counts, total) => {
    expect([2, 3, 4, 5].map((depth) => coded(letter, depth))).toEqual(counts);
    expect(entries.filter(({ code }) => code?.startsWith(letter))).toHaveLength(total);
  });

  test('has 449 codes below four macro-funzioni', () => {
    expect(entries.filter(({ code }) => code !== null)).toHaveLength(449);
    expect(entries.filter(({ code }) => code === null).map(({ titles }) => titles['it']?.official)).toEqual([
      'GOVERNO CAMERALE',
      'PROCESSI DI SUPPORTO',
      'TRASPARENZA, SEMPLIFICAZIONE E TUTELA',
      'SVILUPPO DELLA COMPETITIVITÀ',
    ]);
  });

  test('has one content hash, for good', () => {
    expect(merkle(folder.scheme.id, entries).root).toBe(
      '8e08f8336191e92289426804618d3133205f6b458e7f52fbade2b3487edf9d53',
    );
  });

  test('gives no title to the seven that its source lost, and says how each is known', () => {
    const untitled = entries.filter(({ titles }) => Object.keys(titles).length === 0);
    expect(Object.fromEntries(untitled.map(({ code, attributes }) => [code, attributes]))).toEqual({
      'A1.1.4.1': { sourceStatus: 'missing-in-source', evidence: 'gap' },
      'A1.3.1.1': { sourceStatus: 'missing-in-source', evidence: 'gap' },
      'B2.1.1': { sourceStatus: 'missing-in-source', evidence: 'gap' },
      'B2.1.1.1': { sourceStatus: 'missing-in-source', evidence: 'gap' },
      'B2.2.1.1': { sourceStatus: 'missing-in-source', evidence: 'gap' },
      'D6.1.0.1': { sourceStatus: 'missing-in-source', evidence: 'pattern' },
      'E1.1.0.1': { sourceStatus: 'missing-in-source', evidence: 'pattern' },
    });
    expect(byCode('E1.3.0.1')).toMatchObject({
      attributes: { evidence: 'miscoded' },
      titles: { it: { official: expect.stringContaining('Quadrilatero') } },
    });
  });

  test('places E1, F1 and Z1 below nothing, because the source does not say where they belong', () => {
    for (const code of ['E1', 'F1', 'Z1'])
      expect(byCode(code)).toMatchObject({
        parentId: null,
        attributes: { macroFunction: 'not-stated-in-source' },
      });
    for (const code of ['A1', 'B3', 'C2', 'D6']) expect(byCode(code)?.parentId).not.toBeNull();
  });

  test('reports every irregularity with its line', () => {
    expect(byRule('column-displaced')).toHaveLength(102);
    expect(new Set(byRule('column-displaced').map(({ line }) => line)).size).toBe(66);
    expect(byRule('markup-removed')).toMatchObject([{ line: 227, code: 'D4.1.1.2' }]);
    expect(byRule('code-repeated')).toMatchObject([
      { line: 28, code: 'A1.1' },
      { line: 276, code: 'D6.4.2' },
    ]);
    expect(byRule('code-corrected')).toMatchObject([{ line: 283, code: 'E1.3.0.1' }]);
    expect(byRule('entry-added')).toHaveLength(7);
    expect(imported.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
