import { join } from 'node:path';

/** One step of `npm test`: a command that passes or not, or a run of vitest with a report. */
export interface Check {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** JSON report of vitest, whose tests are counted; without it the check counts as one. */
  readonly report?: string;
}

interface PartialCheck extends Check {
  readonly part: string;
}

/** The checks of the chosen parts (of all when none is chosen), in the order in which they run. */
export function checksOf(parts: readonly string[], reports: string): Check[] {
  return allChecks(reports).filter(({ part }) => parts.length === 0 || parts.includes(part));
}

function allChecks(reports: string): PartialCheck[] {
  return [
    { part: 'lint', name: 'lint', command: 'oxlint', args: ['--type-aware'] },
    { part: 'lint', name: 'format', command: 'prettier', args: ['--check', '--log-level', 'warn', '.'] },
    {
      part: 'types',
      name: 'types',
      command: 'tsc',
      args: ['-p', 'tsconfig.json', '--noEmit', '--tsBuildInfoFile', 'dist/.tsbuildinfo-types'],
    },
    vitest('unit', reports),
    vitest('integration', reports),
    vitest('e2e', reports),
    vitest('chaos', reports),
  ];
}

function vitest(project: string, reports: string): PartialCheck {
  const report = join(reports, `${project}.json`);
  return {
    part: project,
    name: project,
    command: 'vitest',
    args: [
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    report,
  };
}
