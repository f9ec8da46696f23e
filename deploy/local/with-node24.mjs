import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installDependencies } from './install.mjs';
import { onParentDeath } from './parent-watch.mjs';

const checkout = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

/**
 * First steps of every command, under any Node from 20 on: says what is missing, installs the dependencies, and runs
 * the command (TypeScript) under the Node 24 that they bring. Passes signals on, ends with the command's code, and
 * stops it when the process that started this one dies.
 *
 * @param {string} command file relative to the checkout
 * @param {(cache: string) => Promise<string | undefined>} [missing] tells people what this machine lacks for it
 */
export async function withNode24(command, missing = async () => undefined) {
  const stop = new AbortController();
  let child;
  const passOn = (signal) => {
    stop.abort();
    child?.kill(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => passOn(signal));
  const endWatch = onParentDeath(() => passOn('SIGTERM'));
  try {
    const cache = process.env.MAPPA_CACHE ?? `${checkout}/.mappa/cache`;
    const lacking = await missing(cache);
    if (lacking !== undefined) throw new Error(lacking);
    await installDependencies(checkout, stop.signal);
  } catch (error) {
    if (!stop.signal.aborted) console.error(error.message);
    process.exitCode = 1;
    return endWatch();
  }
  if (stop.signal.aborted) return endWatch();
  child = spawn(
    node24(),
    ['--conditions=source', '--disable-warning=TimeoutNegativeWarning', command, ...process.argv.slice(2)],
    {
      cwd: checkout,
      stdio: 'inherit',
      env: { ...process.env, PATH: `${checkout}/node_modules/.bin:${process.env.PATH ?? ''}` },
    },
  );
  process.exitCode = await new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
  endWatch();
}

/** The Node 24 of the dependencies; where its package has none for this platform, the Node that runs this. */
function node24() {
  const own = `${checkout}/node_modules/.bin/node`;
  return existsSync(own) ? own : process.execPath;
}
