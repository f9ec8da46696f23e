import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { startOf, waitForLock } from './lock.mjs';
import { text } from './messages.mjs';

/**
 * Installs the dependencies of package-lock.json unless exactly these were installed before. A stamp written after
 * success says so; it is removed before anything else, so a killed install is never taken for a finished one.
 *
 * @param {string} checkout
 * @param {AbortSignal} signal
 */
export async function installDependencies(checkout, signal) {
  if (isInstalled(checkout)) return;
  const lock = await waitForLock(`${checkout}/.mappa/install.lock`, () => console.log(text('installWaits')));
  try {
    if (isInstalled(checkout)) return;
    console.log(text('installing'));
    const began = Date.now();
    await installAnew(checkout, signal);
    writeFileSync(stampOf(checkout), wantedStamp(checkout));
    console.log(`${text('installed')} (${((Date.now() - began) / 1000).toFixed(0)} s)`);
  } finally {
    lock.release();
  }
}

/** @param {string} checkout */
export function isInstalled(checkout) {
  const stamp = stampOf(checkout);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wantedStamp(checkout)) return true;
  if (!installedByHand(checkout)) return false;
  writeFileSync(stamp, wantedStamp(checkout));
  return true;
}

/** True when npm itself, called by a person, finished installing every package that the lock file wants. */
function installedByHand(checkout) {
  const hidden = `${checkout}/node_modules/.package-lock.json`;
  if (!existsSync(hidden)) return false;
  const installed = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(`${checkout}/package-lock.json`, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional, peer, devOptional }]) =>
      path === '' ||
      installed[path]?.version === version ||
      (!installed[path] && (optional || peer || devOptional)),
  );
}

function stampOf(checkout) {
  return `${checkout}/node_modules/.mappa-installed`;
}

function wantedStamp(checkout) {
  const lock = createHash('sha256')
    .update(readFileSync(`${checkout}/package-lock.json`))
    .digest('hex');
  return `${lock} ${process.platform}-${process.arch}`;
}

/**
 * Like npm ci, which refuses a lock file without the optional packages of other platforms (a registry need not have
 * all of them): everything anew, by the lock file, which stays as it is.
 *
 * @param {string} checkout
 * @param {AbortSignal} signal
 */
async function installAnew(checkout, signal) {
  const state = `${checkout}/.mappa`;
  const log = `${state}/logs/install.log`;
  mkdirSync(`${state}/logs`, { recursive: true });
  await endAbandonedInstall(`${state}/installing.json`);
  for (const path of ['.mappa-installed', '.package-lock.json', '']) {
    rmSync(`${checkout}/node_modules/${path}`, { recursive: true, force: true, maxRetries: 5 });
  }
  signal.throwIfAborted();
  const code = await npmInstall(checkout, log, `${state}/installing.json`, signal);
  if (code === 0) return;
  throw new Error(`${text('installFailed', { log })}\n\n${readFileSync(log, 'utf8').slice(0, 2000)}`);
}

/** Runs npm in a process group of its own, named in `trace`; ends the whole group when the signal is aborted. */
async function npmInstall(checkout, log, trace, signal) {
  const out = openSync(log, 'w');
  const args = ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { cwd: checkout, stdio: ['ignore', out, out], detached: true };
  const { command, before } = npmCommand();
  const child = spawn(command, [...before, ...args], options);
  closeSync(out);
  const ended = new Promise((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', resolve);
  });
  if (child.pid !== undefined)
    writeFileSync(trace, JSON.stringify({ pid: child.pid, started: startOf(child.pid) }));
  const end = () => killGroup(child.pid);
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  const code = await ended;
  signal.removeEventListener('abort', end);
  rmSync(trace, { force: true });
  return code;
}

/** The npm that runs this script; not under this process's Node, which may just have been removed with the rest. */
function npmCommand() {
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  const usable = npm?.endsWith('.js') && node !== undefined && existsSync(node);
  return usable ? { command: node, before: [npm] } : { command: 'npm', before: [] };
}

/** Ends an npm whose starter was killed: it would go on writing into the folder that is made anew. */
async function endAbandonedInstall(trace) {
  if (!existsSync(trace)) return;
  const { pid, started } = JSON.parse(readFileSync(trace, 'utf8'));
  rmSync(trace, { force: true });
  const runs = () => started !== undefined && startOf(pid) === started;
  if (runs()) killGroup(pid);
  for (let i = 0; i < 100 && runs(); i++) await new Promise((resolve) => setTimeout(resolve, 50));
}

function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
