import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkout } from '../../deploy/local/checkout.ts';

/** Copies what a clone would hold (tracked files, and new ones that are not ignored) into an empty folder. */
export function cloneInto(directory: string): void {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: checkout,
    encoding: 'utf8',
  });
  for (const path of listed.split('\0').filter(Boolean)) {
    const to = join(directory, path);
    mkdirSync(dirname(to), { recursive: true });
    cpSync(join(checkout, path), to);
  }
}

/** Environment of a person's shell: nothing of the test run or of this checkout. */
export function personalEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|NODE|VITEST|MAPPA_|DATABASE_URL$|KAFKA_|PORT$|TEST$)/i.test(name),
  );
  const path = (process.env['PATH'] ?? '').split(':').filter((part) => !part.startsWith(checkout));
  return { ...Object.fromEntries(kept), PATH: path.join(':'), LANG: 'en_US.UTF-8' };
}

/** `npm start` in a folder, as a person runs it, with what it prints. */
export interface RunningStart {
  readonly npm: ChildProcess;
  readonly printed: () => string;
  /** Resolves when the text has been printed. Rejects when npm ends before. */
  until(text: string): Promise<void>;
  /** SIGTERM to npm alone; resolves when the launcher has closed its output. */
  stop(): Promise<void>;
}

export function npmStart(directory: string): RunningStart {
  const npm = spawn('npm', ['start'], {
    cwd: directory,
    env: personalEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  npm.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  npm.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const closed = once(npm, 'close');
  return {
    npm,
    printed: () => text,
    async until(wanted) {
      const ended = closed.then(() => 'ended');
      while (!text.includes(wanted)) {
        const next = await Promise.race([once(npm.stdout, 'data').then(() => 'more'), ended]);
        if (next === 'ended' && !text.includes(wanted)) throw new Error(`npm start ended:\n${text}`);
      }
    },
    async stop() {
      npm.kill('SIGTERM');
      await closed;
    },
  };
}

/** Runs an npm script to its end. */
export async function npmRun(
  directory: string,
  ...args: string[]
): Promise<{ code: number | null; output: string }> {
  const child = spawn('npm', ['run', '--silent', ...args], {
    cwd: directory,
    env: personalEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : null, output };
}
