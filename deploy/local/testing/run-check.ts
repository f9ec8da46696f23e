import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { checkout } from '../checkout.ts';
import type { Guard } from '../processes/guard.ts';
import { stopProcess } from '../processes/stop-process.ts';
import type { Check } from './checks.ts';
import { tallyOfCommand, tallyOfReport } from './tally.ts';
import type { Tally } from './tally.ts';

/** kafkajs sets timers in the past, which Node 24 warns of (kafkajs issue 1751); harmless. */
const quiet = `${process.env['NODE_OPTIONS'] ?? ''} --disable-warning=TimeoutNegativeWarning`;

/** Runs a check with its output on the screen, and counts; when `stopping` is aborted it is stopped with all it started. */
export async function runCheck(check: Check, guard: Guard, stopping: AbortSignal): Promise<Tally> {
  const child = spawn(check.command, check.args, {
    cwd: checkout,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
    env: { ...process.env, NODE_OPTIONS: quiet },
  });
  const ended = once(child, 'exit');
  await once(child, 'spawn');
  const guarded = guard.add(check.name, child.pid ?? 0, { signal: 'SIGTERM', graceMs: 8000, order: 0 });
  const stop = (): void => void stopProcess(guarded);
  stopping.addEventListener('abort', stop);
  await ended;
  stopping.removeEventListener('abort', stop);
  guard.remove(guarded);
  const succeeded = child.exitCode === 0;
  if (check.report === undefined) return tallyOfCommand(succeeded);
  return tallyOfReport(existsSync(check.report) ? readFileSync(check.report, 'utf8') : undefined, succeeded);
}
