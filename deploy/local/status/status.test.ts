import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** Answers as a connector whose database is away. */
let server: Server;
beforeAll(async () => {
  server = createServer((request, response) => {
    const isItalian = request.headers['accept-language'] === 'it';
    const title = isItalian ? 'Il database non risponde' : 'The database does not answer';
    response.writeHead(503, { 'content-type': 'application/problem+json' }).end(JSON.stringify({ title }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());

/** Runs the command as people do, by the Node that reads TypeScript. */
function run(args: readonly string[], environment: Readonly<Record<string, string>>) {
  return new Promise<{ code: number; output: string }>((resolve) => {
    const env = { PATH: process.env['PATH'], ...environment };
    const child = execFile(
      'node_modules/.bin/node',
      ['--conditions=source', 'deploy/local/status.ts', ...args],
      { env },
      (_, stdout, stderr) => resolve({ code: child.exitCode ?? -1, output: stdout + stderr }),
    );
  });
}

const addressOf = (): string => {
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
};

test('a connector that cannot answer is not called away: it is quoted, in the language of the reader', async () => {
  const CONNECTOR_URL = addressOf();
  const [italian, english, away] = await Promise.all([
    run([], { CONNECTOR_URL, LANG: 'it_IT.UTF-8' }),
    run([], { CONNECTOR_URL, LANG: 'C' }),
    run([], { CONNECTOR_URL: 'http://127.0.0.1:1', LANG: 'C' }),
  ]);
  expect(italian).toEqual({
    code: 2,
    output: `Il connettore a ${CONNECTOR_URL} è avviato, e dice: Il database non risponde (HTTP 503)\n`,
  });
  expect(english.output).toContain('The database does not answer');
  expect(away).toEqual({
    code: 2,
    output: 'The connector at http://127.0.0.1:1 does not answer. Is Mappa still up?\n',
  });
});

test('it refuses what it does not know, and explains itself', async () => {
  const [option, word, help] = await Promise.all(
    [['--jsn'], ['wrong'], ['--help']].map((args) => run(args, { LANG: 'C' })),
  );
  expect(option?.output).toMatch(/^There is no option --jsn/);
  expect(word?.output).toMatch(/^"wrong" is not known here/);
  expect([option?.code, word?.code, help?.code]).toEqual([2, 2, 0]);
});
