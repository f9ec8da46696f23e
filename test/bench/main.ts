import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { build } from '../../deploy/local/build.ts';
import { homeDirectory } from '../../deploy/local/state/home.ts';

/** Builds, then measures what is built: without the condition `source`, libs come from dist/, as in production. */
await build(join(homeDirectory(process.env), 'logs/build.log'));
const bench = fork(new URL('run-bench.ts', import.meta.url), process.argv.slice(2), {
  execArgv: ['--disable-warning=TimeoutNegativeWarning'],
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => bench.kill(signal));
const [code] = await once(bench, 'exit');
process.exitCode = typeof code === 'number' ? code : 1;
