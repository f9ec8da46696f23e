import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

/** A process that owns an app whose parts are given as source text. */
function start(app: { start?: string; stop?: string }, env: Record<string, string> = {}): ChildProcess {
  const script = `
    import { runProcess } from ${JSON.stringify(new URL('run-process.ts', import.meta.url).href)};
    import { createLogger } from ${JSON.stringify(new URL('../logging.ts', import.meta.url).href)};
    setInterval(() => undefined, 1_000);
    await runProcess({
      start: async () => { ${app.start ?? ''}; return 'http://here'; },
      stop: async () => { ${app.stop ?? ''}; console.log('stopped'); },
    }, createLogger('test'));`;
  return spawn(process.execPath, ['--input-type=module-typescript', '--conditions=source', '-e', script], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

async function outcome(
  child: ChildProcess,
  onListening: () => void,
): Promise<{ status: number | null; output: string }> {
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (chunk.includes('"listening"')) onListening();
  });
  const [status] = await once(child, 'close');
  return { status, output };
}

test.each(['SIGTERM', 'SIGINT'] as const)('%s stops the app and ends with status 0', async (signal) => {
  const child = start({});
  const { status, output } = await outcome(child, () => child.kill(signal));
  expect(status).toBe(0);
  expect(output).toContain('stopped');
});

test('the end of stdin stops it when asked for', async () => {
  const child = start({}, { STOP_WHEN_STDIN_CLOSES: '1' });
  const { status, output } = await outcome(child, () => child.stdin?.end());
  expect(status).toBe(0);
  expect(output).toContain('the parent is gone');
});

test('an error that nobody caught is logged and ends it with status 1', async () => {
  const child = start({ start: `setImmediate(() => { throw new Error('a bug') })` });
  const { status, output } = await outcome(child, () => undefined);
  expect(status).toBe(1);
  expect(output).toMatch(/"level":"fatal".*a bug/);
});

test('a start that fails is logged and ends it with status 1', async () => {
  const child = start({ start: `throw new Error('port is taken')` });
  const { status, output } = await outcome(child, () => undefined);
  expect(status).toBe(1);
  expect(output).toContain('port is taken');
});
