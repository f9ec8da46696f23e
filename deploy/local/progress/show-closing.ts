import { text } from '../messages.mjs';
import type { Addresses } from '../services/environment.ts';
import type { Screen } from './screen.ts';
import { targetTable } from './show-targets.ts';
import { table } from './table.ts';
import type { Target } from './targets.ts';

/** The last words of a start: addresses to open, the targets, commands to paste. */
export function showClosing(
  screen: Screen,
  { catalog, connector, sandbox }: Addresses,
  targets: readonly Target[],
  seconds: number,
): void {
  const entry = `${catalog}/api/v1/schemes/processi-camerali/entries/A1.1.1.4`;
  screen.line(`\n${text('up', { seconds: seconds.toFixed(0) })}`);
  block(screen, [
    [text('openCatalog'), `${catalog}/api`],
    [text('openConnector'), `${connector}/api`],
    [text('openSandbox'), sandbox],
  ]);
  if (targets.length > 0) {
    screen.line();
    for (const line of targetTable(targets)) screen.line(`  ${line}`);
  }
  screen.line(`\n${text('tryThis')}`);
  block(screen, [
    [`curl -s ${entry}`, `# ${text('tryEntry')}`],
    ['npm run demo:revision', `# ${text('tryRevision')}`],
    ['npm run demo:break && npm run demo:revision', `# ${text('tryBreak')}`],
    ['npm run demo:mend', `# ${text('tryMend')}`],
  ]);
  screen.line(`\n${text('signIn')}`);
}

function block(screen: Screen, rows: readonly (readonly string[])[]): void {
  for (const line of table(rows)) screen.line(`  ${line}`);
}
