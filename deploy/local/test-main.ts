import { rmSync } from 'node:fs';
import { text } from './messages.mjs';
import { onStopRequest } from './on-stop-request.ts';
import { createGuard } from './processes/guard.ts';
import { temporaryDirectory } from './state/temporary-directory.ts';
import { checksOf } from './testing/checks.ts';
import { runCheck } from './testing/run-check.ts';
import { closingLine, sum } from './testing/tally.ts';
import type { Tally } from './testing/tally.ts';

const reports = temporaryDirectory('reports');
const guard = createGuard();
const stopping = new AbortController();
void onStopRequest(() => {}).then(() => stopping.abort());

const tallies: Tally[] = [];
const notPassed: string[] = [];
for (const check of checksOf(process.argv.slice(2), reports)) {
  if (stopping.signal.aborted) break;
  console.log(`\n── ${check.name}`);
  const tally = await runCheck(check, guard, stopping.signal);
  if (tally.failed > 0) notPassed.push(check.name);
  tallies.push(tally);
}
guard.close();
rmSync(reports, { recursive: true, force: true });

const total = sum(tallies);
const failed = stopping.signal.aborted || total.failed > 0 || total.passed === 0;
if (notPassed.length > 0) console.log(`\n${text('notPassed', { parts: notPassed.join(', ') })}`);
console.log(`\n${closingLine(total)}`);
process.exit(failed ? 1 : 0);
