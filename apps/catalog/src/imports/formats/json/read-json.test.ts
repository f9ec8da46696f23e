import { spoken } from '#words';
import { expect, test } from 'vitest';
import { readRows } from '../../../testing/read-rows.ts';
import { readJson } from './read-json.ts';

const read = (text: string) => readRows(readJson(), text, 7);

test('entries are read from an export or a bare array, with the line where each begins', async () => {
  const text = `{"scheme": "s", "edition": {"levels": [{"entries": []}]},
"entries": [
  {"code": "A1", "titles": {"it": {"official": "Uno ]}\\" {"}}},
  {"code": "A1.1", "parentId": "A1"}], "after": [{}]}`;
  const { rows, findings } = await read(text);
  expect(findings).toEqual([]);
  expect(rows).toMatchObject([
    { key: 'A1', line: 3, parent: undefined, titles: { it: { official: 'Uno ]}" {' } } },
    { key: 'A1.1', line: 4, parent: 'A1' },
  ]);
  expect((await read('[{"code": "A1"}]')).rows).toMatchObject([{ code: 'A1' }]);
});

test('a parent is named by its id or code, or by its code alone', async () => {
  const { rows } =
    await read(`[{"code": "01", "parentCode": "A"}, {"code": "02", "parentId": null, "parentCode": "A"},
{"code": "03", "parentId": "B", "parentCode": "A"}, {"code": "A", "parentCode": null}]`);
  expect(rows.map(({ code, parent, parentCode }) => [code, parent, parentCode])).toEqual([
    ['01', 'A', undefined],
    ['02', null, 'A'],
    ['03', 'B', 'A'],
    ['A', null, undefined],
  ]);
});

test('a level is kept as it is said, and what cannot be one says nothing', async () => {
  const { rows, findings } = await read(
    '[{"code": "A1", "level": 3}, {"code": "A2", "level": "attività"}, {"code": "A3", "level": {}}, {"code": "A4", "level": null}]',
  );
  expect(rows.map(({ level }) => level)).toEqual(['3', 'attività', undefined, undefined]);
  expect(findings).toEqual([]);
});

test('every entry that is wrong is told with its line', async () => {
  const { findings } = await read(`{"entries": [
{"code": 7},
{"code": "A1", "titles": {"it": "Uno"}},
{"titles": {}},
{"code": "A1" "x"},
{"code": "A2"}, {"code": "A2"}]}`);
  expect(findings.map(({ rule, line }) => `${rule}@${line}`)).toEqual([
    'json-form@2',
    'json-form@3',
    'json-form@4',
    'json-form@5',
    'code-duplicate@6',
  ]);
});

test('an entry that is wrong is named, with what is wrong in it', async () => {
  const { findings } = await read(
    '{"entries": [{"code": "A1", "rank": "x"}, {"rank": 1.5}, {"titles": {}}]}',
  );
  expect(spoken(findings, 'en').map(({ message }) => message)).toEqual([
    'A1, rank: It must be a number.',
    'An entry, rank: It must be a whole number.',
    'An entry has neither a concept id nor a code nor a title.',
  ]);
});

test.each([
  ['without entries', '{"a": []}', 'no array'],
  ['cut off', '{"entries": [{"code": "A1"}', 'it is cut off'],
  ['closed wrongly', '{"entries": [}', 'closes nothing'],
  ['nested without end', '['.repeat(10_000), 'nests deeper'],
  ['with an entry of 2 MB', `[{"code": "${'x'.repeat(2_000_000)}"}]`, 'longer than'],
])('a file %s is refused', async (_, text, message) => {
  const { findings } = await readRows(readJson(), text);
  expect(spoken(findings, 'en')).toMatchObject([
    { rule: 'json-form', message: expect.stringContaining(message) },
  ]);
});
