import { codeFrom, conceptIdFrom } from '#taxonomy';
import { expect, test } from 'vitest';
import { csvAnswer, layoutOf, readFirstLine, sepLine } from './resolve-csv.ts';

const meant = (code: string | null, title = 'Titolo') => ({
  conceptId: conceptIdFrom(`concept ${code ?? title}`),
  code: code === null ? null : codeFrom(code),
  title,
});
const point = (revision: number) => ({ revision, edition: 'E', effectiveDate: '2027-01-01' });
const split = {
  code: 'A1',
  from: point(1),
  to: point(3),
  status: 'split' as const,
  meant: meant('A1'),
  results: [meant('A4')],
  ended: [meant('A5'), meant(null, 'Senza codice')],
  choiceNeeded: true,
  continues: false,
  path: [],
};

test('the note of a record names the parts that ended beside those that go on', () => {
  const said = csvAnswer(';', 'en')(split);
  expect(said).toBe('split;A4;concept A4;true;a part ended without a successor: A5, Senza codice');
  expect(csvAnswer(';', 'it')(split)).toContain('una parte');
  expect(csvAnswer(';', 'en')({ ...split, from: point(3), to: point(1) })).toContain(
    'a part had not begun: A5',
  );
});

test('of what ended as a whole, the note says when, and names it no second time', () => {
  const retired = { ...split, status: 'retired' as const, results: [], ended: [meant('A1')] };
  expect(csvAnswer(';', 'en')(retired)).toBe('retired;;;true;');
});

test('a header that has columns of the answer already is refused, with their names', () => {
  expect(layoutOf('codice;resolved_status;choice_needed', {})).toMatchObject({
    code: 'columns-taken',
    detail: { values: ['resolved_status, choice_needed'] },
  });
});

test.each([';', ',', '\t', '|'])('a delimiter %j is stated as in files to import', (delimiter) => {
  const sep = `sep=${delimiter}\r`;
  expect(sepLine.test(sep)).toBe(true);
  expect(layoutOf(`nota${delimiter}codice`, {}, sep)).toMatchObject({ delimiter, codeColumn: 1 });
});

test.each([';', ',', '\t', '|'])(
  'a line feed in quotes behind the delimiter %j does not end the header',
  async (delimiter) => {
    const header = `nota${delimiter}"codice\nnuovo"`;
    const pieces = (async function* () {
      yield Buffer.from(`${header}\nx${delimiter}A1\n`);
    })();
    expect(await readFirstLine(pieces)).toEqual({ line: header, rest: `x${delimiter}A1\n` });
  },
);
