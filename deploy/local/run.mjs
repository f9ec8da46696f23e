import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { text } from './messages.mjs';

/** Runs a script of this folder (TypeScript) under the Node 24 of the dependencies: `node deploy/local/run.mjs status.ts …`. */
const node = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));
const [script = '', ...args] = process.argv.slice(2);
if (!existsSync(node)) {
  console.error(text('notInstalled'));
  process.exitCode = 2;
} else {
  const file = fileURLToPath(new URL(script, import.meta.url));
  spawn(node, ['--conditions=source', file, ...args], { stdio: 'inherit' }).on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
