import { z } from 'zod';

export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

const reportSchema = z.object({ numPassedTests: z.int(), numFailedTests: z.int() });

export function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failed: tallies.reduce((total, { failed }) => total + failed, 0),
  };
}

/** A command without a report counts as one. */
export function tallyOfCommand(succeeded: boolean): Tally {
  return succeeded ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * Tests of a vitest JSON report. A run that failed without a failed test (a file that does not load, an error in the
 * set-up, no test at all, no report) counts as one failure.
 */
export function tallyOfReport(json: string | undefined, succeeded: boolean): Tally {
  const report = json === undefined ? undefined : reportSchema.parse(JSON.parse(json));
  const passed = report?.numPassedTests ?? 0;
  const failed = report?.numFailedTests ?? 0;
  const ranWell = succeeded && passed > 0;
  return { passed, failed: ranWell ? failed : Math.max(failed, 1) };
}

export function closingLine({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed`;
}
