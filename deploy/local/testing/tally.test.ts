import { expect, test } from 'vitest';
import { closingLine, sum, tallyOfCommand, tallyOfReport } from './tally.ts';

const report = (numPassedTests: number, numFailedTests: number): string =>
  JSON.stringify({ numPassedTests, numFailedTests, success: true });

test('the tests of a report are counted', () => {
  expect(tallyOfReport(report(12, 0), true)).toEqual({ passed: 12, failed: 0 });
  expect(tallyOfReport(report(10, 2), false)).toEqual({ passed: 10, failed: 2 });
});

test('a run that fails without a failed test is a failure', () => {
  expect(tallyOfReport(report(12, 0), false)).toEqual({ passed: 12, failed: 1 });
  expect(tallyOfReport(undefined, false)).toEqual({ passed: 0, failed: 1 });
});

test('a run without any test is a failure', () => {
  expect(tallyOfReport(report(0, 0), true)).toEqual({ passed: 0, failed: 1 });
});

test('the closing line sums everything', () => {
  const total = sum([tallyOfCommand(true), tallyOfCommand(false), { passed: 40, failed: 2 }]);
  expect(closingLine(total)).toBe('41 passed, 3 failed');
});
