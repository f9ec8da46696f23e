import { expect, test } from 'vitest';
import { Timeline } from './timeline.ts';

const timeline = new Timeline([
  { revision: 0, edition: 'Rev. 2019', effectiveDate: '2019-01-01' },
  { revision: 1, edition: 'Rev. 2023', effectiveDate: '2023-01-01' },
  { revision: 2, edition: 'Rev. 2023', effectiveDate: '2024-05-01' },
  { revision: 3, edition: '2', effectiveDate: '2024-05-01' },
]);

test.each([
  ['a number', '1', 1],
  ['a number of history', '0', 0],
  ['a number before an edition of that name', '2', 2],
  ['an edition, by its last revision', 'Rev. 2023', 2],
  ['the first day of a revision', '2023-01-01', 1],
  ['the day before', '2022-12-31', 0],
  ['a day on which two began', '2024-05-01', 3],
  ['the day that leap years have', '2024-02-29', 1],
  ['a day as Excel writes it in Italy', '1/5/2024', 3],
])('a revision is found by %s', (_, named, revision) => {
  expect(timeline.find(named)).toMatchObject({ revision });
});

test('the label of an edition names all its revisions', () => {
  expect(timeline.findAll('Rev. 2023')).toMatchObject([{ revision: 1 }, { revision: 2 }]);
  expect(timeline.numbersOf('Rev. 2023')).toEqual([1, 2]);
  expect(timeline.numbersOf('2')).toEqual([3]);
  expect(timeline.numbersOf('1')).toEqual([]);
});

test.each([
  ['2018-12-31', 'nothing-in-force'],
  ['Rev. 2030', 'point-unknown'],
  ['99', 'point-unknown'],
  ['2024-02-30', 'day-unknown'],
  ['2023-02-29', 'day-unknown'],
  ['2024-13-01', 'day-unknown'],
  ['0000-00-00', 'day-unknown'],
  ['31/02/2024', 'day-unknown'],
  ['1/13/2024', 'day-unknown'],
])('%s is refused', (named, code) => {
  expect(timeline.find(named)).toMatchObject({ code });
});
