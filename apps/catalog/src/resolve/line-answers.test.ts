import { codeFrom, conceptIdFrom, HistoryIndex, NearCodes } from '#taxonomy';
import { expect, test } from 'vitest';
import { answerTo } from './answer-to.ts';
import { LineAnswers, type LineAnswer } from './line-answers.ts';
import { Timeline } from './timeline.ts';

const points = [1, 2, 3].map((revision) => ({
  revision,
  edition: 'Rev.',
  effectiveDate: `2026-01-0${revision}`,
}));
const to = points[2]!;
/** `a` has A1, then B1, then A1 again; `b` has C1 once `c` does not have it any more. */
function history() {
  const index = new HistoryIndex();
  const range = (id: string, code: string, from: number, end: number | null) =>
    index.addRange({ conceptId: conceptIdFrom(id), code: codeFrom(code), title: null, from, to: end });
  range('a', 'A1', 1, 2);
  range('a', 'B1', 2, 3);
  range('a', 'A1', 3, null);
  range('c', 'C1', 1, 2);
  range('b', 'C1', 2, null);
  const near = new NearCodes(index);
  return { schemeId: 's', index, near, timeline: new Timeline(points), lowest: 1, head: 3 };
}
const write = (answer: LineAnswer) => ('error' in answer ? answer.error : answer.status);

test('a code that one concept had twice has one meaning; one that two had is ambiguous', () => {
  const ask = (code: string) => answerTo(history(), { code, from: undefined, to });
  expect(ask('A1')).toMatchObject({
    status: 'unchanged',
    meant: { conceptId: 'a' },
    results: [{ conceptId: 'a', code: 'A1' }],
    meanings: [
      { from: 1, through: 1 },
      { from: 3, through: null },
    ],
  });
  expect(ask('C1').status).toBe('ambiguous');
});

test('blanks around a code do not count; where there is nothing else, there is no code', () => {
  const answers = new LineAnswers(history(), undefined, to, write, 'en');
  expect(answers.answer(' A1\u00a0')).toBe(answers.answer('A1'));
  expect(answers.answer('  ')).toBe('The line has no code.');
});

test('cells that are too long are answered as what they are, and not kept', () => {
  const answers = new LineAnswers(history(), undefined, to, write, 'en');
  for (let i = 0; i < 10; i++) {
    expect(answers.answer(`${i}${'x'.repeat(1_000_000)}`)).toBe('The code is longer than 100 characters.');
    expect(answers.answer('A1', `${i}${'x'.repeat(1_000_000)}`)).toMatch('longer than 100 characters');
  }
  expect(answers.keptCharacters).toBe(0);
});

test('answers are kept up to a number of characters', () => {
  const answers = new LineAnswers(history(), undefined, to, write, 'en', 1_000);
  for (let i = 0; i < 1_000; i++) {
    expect(answers.answer(`X${i}`)).toBe('unknown');
    expect(answers.keptCharacters).toBeLessThanOrEqual(1_000);
  }
  expect(answers.answer('A1', '1')).toBe('unchanged');
});
