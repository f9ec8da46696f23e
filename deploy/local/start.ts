import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { seedCases } from './demo/seed-cases.ts';
import { createLauncher, processesFile } from './launcher.ts';
import type { Launcher } from './launcher.ts';
import { tryLock } from './lock.mjs';
import { text } from './messages.mjs';
import { removeKafkaContainer } from './kafka/start-kafka-docker.ts';
import { onStopRequest } from './on-stop-request.ts';
import type { Options } from './options.mjs';
import { createScreen } from './progress/screen.ts';
import type { Screen } from './progress/screen.ts';
import { showClosing } from './progress/show-closing.ts';
import { showTargets } from './progress/show-targets.ts';
import { allInStep } from './progress/targets.ts';
import type { Surroundings } from './services/environment.ts';
import { DidNotStart } from './services/keep-running.ts';
import { bringUp, surroundings } from './stages.ts';
import { homeDirectory, removeData } from './state/home.ts';
import { writeJson } from './state/json-file.ts';
import { stopLeftovers } from './state/leftovers.ts';
import { givenFromOutside, keptPorts, preferredPorts } from './state/ports.ts';
import { rotateLog } from './state/rotate-log.ts';
import { runFilePath } from './state/run-file.ts';
import type { RunFile } from './state/run-file.ts';
import { keptSecrets } from './state/secrets.ts';

/** Starts Mappa and stays until it is told to stop; gives the exit code. */
export async function start(options: Options): Promise<number> {
  const home = homeDirectory(process.env);
  mkdirSync(join(home, 'logs'), { recursive: true, mode: 0o700 });
  const screen = createScreen(process.stdout, (name) => text('working', { name }));
  const lock = tryLock(join(home, 'lock'));
  if (!lock.taken) {
    const address = typeof lock.about['catalog'] === 'string' ? lock.about['catalog'] : text('starting');
    screen.line(text('alreadyRunning', { pid: lock.pid, address }));
    screen.close();
    return 1;
  }
  const launcher = createLauncher(home, lock);
  const failed = Promise.withResolvers<'failed'>();
  const requested = onStopRequest(() => {
    launcher.force();
    screen.line(text('forced'));
  });
  const starting = run(launcher, screen, options, (catalog) => lock.update({ catalog }));
  starting.catch((error: unknown) => {
    if (!launcher.stopping.aborted) screen.line(`\n${explain(error)}`);
    failed.resolve('failed');
  });
  const reason = await Promise.race([requested, failed.promise]);
  screen.line(text('stopping'));
  await launcher.stop();
  screen.close();
  screen.line(text('stopped'));
  return reason === 'failed' ? 1 : 0;
}

async function run(
  launcher: Launcher,
  screen: Screen,
  options: Options,
  announce: (catalog: string) => void,
): Promise<void> {
  const began = Date.now();
  const { home, stopping } = launcher;
  const leftovers = await stopLeftovers(processesFile(home));
  if (leftovers.length > 0) screen.line(text('leftovers', { names: leftovers.join(', ') }));
  if (options.fresh) {
    await removeKafkaContainer(join(home, 'kafka'));
    removeData(home);
    screen.line(text('fresh'));
  }
  for (const name of [...Object.keys(preferredPorts), 'build']) rotateLog(launcher.logOf(name));
  const { ports, moved } = await keptPorts(home);
  const given = givenFromOutside(process.env);
  for (const { name, preferred, port } of moved) {
    if (!given.includes(name)) screen.line(text('portTaken', { name, preferred, port }));
  }

  const secrets = keptSecrets(home);
  const around = surroundings(home, ports, secrets, process.env);
  const writeRun = (): void => {
    if (!stopping.aborted) writeJson(runFilePath(home), runFile(around, launcher, began));
  };
  const keeper = {
    launcher,
    onEnd: (name: string, how: string, seconds: number) =>
      note(screen, text('ended', { name, how, seconds })),
    onAgain: (name: string) => {
      note(screen, text('again', { name }));
      writeRun();
    },
    onFailedStart: (failure: DidNotStart) => note(screen, explain(failure)),
  };
  await bringUp({ launcher, keeper, screen, ports, secrets, env: process.env }, around);
  announce(around.addresses.catalog);
  writeRun();
  const { connector, sandbox } = around.addresses;
  const targets = options.wait ? await showTargets(screen, connector, stopping, process.stdout.isTTY) : [];
  if (allInStep(targets)) await tagCases(screen, sandbox, stopping);
  if (!stopping.aborted) showClosing(screen, around.addresses, targets, (Date.now() - began) / 1000);
}

/** People of the demo tag cases in the CRM with codes of the map, so that the impact of a change has something to count. */
async function tagCases(screen: Screen, sandbox: string, stopping: AbortSignal): Promise<void> {
  try {
    const count = await seedCases(sandbox, AbortSignal.any([stopping, AbortSignal.timeout(30_000)]));
    if (count > 0) screen.line(`  ✓ ${text('demoCases', { count })}`);
  } catch (error) {
    if (!stopping.aborted) screen.line(`  ! ${text('noDemoCases', { reason: reasonOf(error) })}`);
  }
}

function runFile(around: Surroundings, { guard, home }: Launcher, began: number): RunFile {
  return {
    launcher: process.pid,
    startedAt: new Date(began).toISOString(),
    addresses: { ...around.addresses },
    brokers: around.brokers,
    databases: { ...around.databases },
    pids: Object.fromEntries(guard.list().map(({ name, pid }) => [name, pid])),
    logs: join(home, 'logs'),
  };
}

function explain(error: unknown): string {
  if (error instanceof DidNotStart) {
    const { service: name, log, lines } = error;
    return text('didNotStart', { name, log, lines });
  }
  return text('failed', { reason: reasonOf(error) });
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function note(screen: Screen, message: string): void {
  screen.line(`${new Date().toTimeString().slice(0, 8)} ${message}`);
}
