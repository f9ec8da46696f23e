import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { TargetError, type Connection } from '../driver.ts';
import { checkBeforeSending } from './check-before-sending.ts';
import { createHttpClient, NotAuthorized, type HttpClient } from './http-client.ts';
import { witnessed } from './witness.ts';

const started: { server: Server; client: HttpClient; sockets: Set<Socket> }[] = [];
afterEach(async () => {
  for (const { server, client, sockets } of started.splice(0)) {
    await client.close();
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  }
});

async function clientOf(
  server: Server,
  over: Partial<Connection> = {},
  protocol = 'http',
): Promise<HttpClient> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const connection = {
    address: `${protocol}://127.0.0.1:${port}/base`,
    user: '',
    secret: '',
    settings: {},
    requestTimeoutMs: 2000,
    ...over,
  };
  const client = createHttpClient(connection, { connections: 1, accept: 'application/json' });
  started.push({ server, client, sockets });
  return client;
}
const http = (listener: RequestListener, over?: Partial<Connection>): Promise<HttpClient> =>
  clientOf(createHttpServer(listener), over);
/** A server that writes these bytes after a request and ends the connection. */
const raw = (bytes: string): Promise<HttpClient> =>
  clientOf(createTcpServer((socket) => socket.once('data', () => socket.end(bytes))));

const write = (client: HttpClient, signal = new AbortController().signal) =>
  client.ask({ method: 'POST', path: '/x', body: '{}', effect: 'writes' }, signal);
const trouble = async (asked: Promise<unknown>): Promise<TargetError['answer']> => {
  const error: unknown = await asked.catch((reason: unknown) => reason);
  if (error instanceof TargetError) return error.answer;
  throw new Error(`no trouble: ${String(error)}`);
};

test('asks below the address and reads JSON', async () => {
  const client = await http((request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ url: request.url }));
  });
  expect(await write(client)).toMatchObject({ ok: true, body: { url: '/base/x' } });
});

test('a server of HTTP/1.0 that closes after each answer is asked again and again', async () => {
  const client = await raw('HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{"a":1}');
  expect(await write(client)).toMatchObject({ body: { a: 1 } });
  expect(await write(client)).toMatchObject({ body: { a: 1 } });
});

test.each([
  ['no byte', ''],
  ['half a header', 'HTTP/1.1 200 OK\r\nContent-'],
  ['half a body', 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{"a":'],
  ['something else', 'SSH-2.0-OpenSSH\r\n\r\n'],
])('an answer of %s leaves a write unknown', async (_, bytes) => {
  expect(await trouble(write(await raw(bytes)))).toMatchObject({ is: 'unknown' });
});

test('a write without an answer in time is unknown, and one that waits behind it was not sent', async () => {
  const client = await http(() => undefined, { requestTimeoutMs: 100 });
  const stop = new AbortController();
  const [first, second] = [trouble(write(client)), trouble(write(client, stop.signal))];
  stop.abort();
  expect(await second).toEqual({ is: 'failing', reason: 'it could not be sent in time', aboutSystem: true });
  expect(await first).toEqual({ is: 'unknown', reason: 'no answer in time', aboutSystem: true });
});

test('a write that is stopped while it waits for its answer is unknown', async () => {
  const stop = new AbortController();
  const client = await http(() => stop.abort());
  expect(await trouble(write(client, stop.signal))).toMatchObject({ is: 'unknown' });
});

test('what stops a write as it is about to leave keeps it back, also on a connection that is open', async () => {
  let asked = 0;
  const client = await http((_, response) => {
    asked += 1;
    response.setHeader('content-type', 'application/json').end('{}');
  });
  const stop = new AbortController();
  let mayGo = true;
  checkBeforeSending(stop.signal, () => mayGo || stop.abort());
  await write(client, stop.signal);
  mayGo = false;
  expect(await trouble(write(client, stop.signal))).toMatchObject({ is: 'failing' });
  expect(asked).toBe(1);
});

test('a write to nobody is failing', async () => {
  const client = await http(() => undefined, { address: 'http://127.0.0.1:1' });
  expect(await trouble(write(client))).toMatchObject({ is: 'failing' });
});

test.each([
  [
    'speaks no TLS',
    () => createTcpServer((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad\r\n\r\n'))),
  ],
  ['has no certificate', () => createTlsServer()],
])('a server under https that %s is failing, and nothing was sent to it', async (_, server) => {
  const client = await clientOf(server(), {}, 'https');
  expect(await trouble(write(client))).toMatchObject({ is: 'failing' });
});

test('an answer that comes byte by byte has no more time than another one', async () => {
  const client = await http(
    (_, response) => {
      response.setHeader('content-type', 'application/json');
      const drip = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(drip));
    },
    { requestTimeoutMs: 200 },
  );
  expect(await trouble(write(client))).toEqual({
    is: 'unknown',
    reason: 'no answer in time',
    aboutSystem: true,
  });
});

test('an answer of more than 16 MiB is not read to its end', async () => {
  const client = await http((_, response) => {
    response.setHeader('content-type', 'application/json');
    const chunk = 'x'.repeat(1024 * 1024);
    const more = (): void => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', more);
    more();
  });
  expect(await trouble(write(client))).toMatchObject({
    is: 'unknown',
    reason: expect.stringMatching(/longer/) as string,
  });
});

test('a redirect is not followed', async () => {
  let asked = 0;
  const client = await http((_, response) => {
    asked += 1;
    response.writeHead(307, { location: '/base/y' }).end();
  });
  expect(await trouble(write(client))).toMatchObject({ is: 'failing' });
  expect(asked).toBe(1);
});

test('401 is told apart', async () => {
  const client = await http((_, response) => response.writeHead(401).end());
  await expect(write(client)).rejects.toBeInstanceOf(NotAuthorized);
});

test('whoever watches is told what was sent and answered, without headers and without secrets', async () => {
  const secret = 'pass"wörd';
  const client = await http(
    (request, response) => {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ secret, header: request.headers.authorization, nothing: '\0' }));
    },
    { secret },
  );
  const ask = { method: 'POST', path: `/x?key=${encodeURIComponent(secret)}`, effect: 'writes' } as const;
  const headers = { authorization: 'Bearer token-of-a-day' };
  const signal = new AbortController().signal;
  const { result, seen } = await witnessed(async () => {
    await client.ask({ ...ask, headers, body: JSON.stringify({ secret }) }, signal);
    return client.ask({ ...ask, path: '/token', body: 'grant', isSignIn: true }, signal);
  });
  expect(result.status).toBe(400);
  expect(seen()).toEqual([
    {
      request: 'POST /base/x?key=***\n\n{"secret":"***"}',
      status: 400,
      answer: String.raw`{"secret":"***","header":"Bearer ***","nothing":"\u0000"}`,
    },
    {
      request: 'POST /base/token\n\n(a sign-in, not shown)',
      status: 400,
      answer: '(a sign-in, not shown)',
    },
  ]);
  expect((await witnessed(async () => 1)).seen()).toEqual([]);
});

test('a reason quotes neither the secret nor the credentials of its request', async () => {
  const secret = 'pass"wörd';
  const client = await http(
    ({ headers, method }, response) => {
      response.writeHead(method === 'POST' ? 400 : 500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ message: `${headers.authorization} of ${secret} is not good` }));
    },
    { secret },
  );
  const headers = { authorization: 'Bearer token-of-a-day' };
  const ask = { path: '/x', headers, effect: 'writes' } as const;
  const signal = new AbortController().signal;
  expect(await client.ask({ ...ask, method: 'POST' }, signal)).toMatchObject({
    reason: 'Bearer *** of *** is not good (HTTP 400)',
  });
  expect(await trouble(client.ask({ ...ask, method: 'DELETE' }, signal))).toMatchObject({
    reason: 'Bearer *** of *** is not good (HTTP 500)',
  });
});

test('of a long exchange the part about one record is told, and that something is left out', async () => {
  const keys = Array.from({ length: 200 }, (_, i) => `key-${i}`);
  const results = keys.map((key) => ({ success: key !== 'key-150', errors: [`of ${key} `.repeat(20)] }));
  const client = await http((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(results));
  });
  const body = JSON.stringify({ records: keys.map((key) => ({ key, title: 'x'.repeat(200) })) });
  const signal = new AbortController().signal;
  const { seen, about } = await witnessed(async () =>
    client.ask({ method: 'POST', path: '/many', headers: {}, body, effect: 'writes' }, signal),
  );
  const told = about(['key-150']);
  expect(told?.request).toMatch(/^POST \/base\/many\n\n\[…\]\n\{"key":"key-150"/);
  expect(told?.answer).toMatch(/^\[…\]\n\{"success":false,"errors":\["of key-150/);
  expect(told?.request).not.toContain('key-149');
  const [whole] = seen();
  for (const text of [whole?.request ?? '', whole?.answer ?? '']) {
    expect(text.endsWith('[…]')).toBe(true);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4_096);
  }
  expect(about(['nobody'])).toEqual(whole);
});
