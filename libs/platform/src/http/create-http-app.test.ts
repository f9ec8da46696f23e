import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { IdentityProvider } from '../../../../test/support/identity-provider.ts';
import { createLogger } from '../logging.ts';
import { appModule } from './app.fixture.ts';
import { createHttpApp, type HttpApp } from './create-http-app.ts';

const logged: string[] = [];
const logger = createLogger('test', 'error', { write: (line) => void logged.push(line) });
const options = { name: 'test', host: '127.0.0.1', port: 0, logger, bodyLimitBytes: 2_000 };
const good = { title: 'Piano', changes: [{ code: 'A1' }] };
let provider: IdentityProvider;
let app: HttpApp;
let address: string;

beforeAll(async () => {
  provider = await IdentityProvider.start();
  app = await createHttpApp(appModule({ issuer: provider.issuer }), options);
  address = await app.start();
});
afterAll(async () => {
  await app.stop();
  await provider.goAway();
});

const ask = (path: string, init?: RequestInit) => fetch(`${address}${path}`, init);

async function send(path: string, body: string, headers: Record<string, string> = {}, method = 'POST') {
  const authorization = `Bearer ${await provider.token(['editor'])}`;
  return ask(path, {
    method,
    body,
    headers: { 'content-type': 'application/json', authorization, ...headers },
  });
}

async function problem(response: Response, status: number, code: string): Promise<Record<string, unknown>> {
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  const document = z.record(z.string(), z.unknown()).parse(await response.json());
  expect(document).toMatchObject({ status, type: `/problems/${code}`, title: expect.any(String) });
  expect(response.status).toBe(status);
  return document;
}

test('reading needs no token; queries are coerced by their schema', async () => {
  expect(await (await ask('/api/v1/entries?limit=5')).json()).toEqual({ limit: 5 });
});

test('a query parameter that is not known is refused, with those that are', async () => {
  expect(await problem(await ask('/api/v1/entries?limt=5&words=a'), 400, 'parameters-unknown')).toMatchObject(
    {
      instance: '/api/v1/entries',
      detail: 'This address knows limit, words.',
      problems: [{ path: 'limt' }],
    },
  );
  expect(await problem(await ask('/api/v1/entries/A1?lang=it'), 400, 'parameters-unknown')).toMatchObject({
    detail: 'This address takes none.',
  });
  expect(await (await ask('/api/v1/entries?limit=5&_=1732')).json()).toEqual({ limit: 5 });
});

test('a write with the right role passes, and knows its actor', async () => {
  const response = await send('/api/v1/entries', JSON.stringify(good));
  expect(await response.json()).toEqual({ body: good, actor: { id: 'demo', roles: ['editor'] } });
});

test('a write without a token is 401, with another role 403 that names the role', async () => {
  const anonymous = await send('/api/v1/entries', JSON.stringify(good), { authorization: '' });
  expect(anonymous.headers.get('www-authenticate')).toContain('Bearer');
  await problem(anonymous, 401, 'not-signed-in');
  const reader = await send('/api/v1/entries', '{}', {
    authorization: `Bearer ${await provider.token(['reader'])}`,
  });
  expect(await problem(reader, 403, 'role-missing')).toMatchObject({
    detail: 'This needs the role editor or administrator; you have reader.',
  });
});

test('a write whose handler names no role is refused to everybody', async () => {
  await problem(await send('/api/v1/forgotten', '{}'), 403, 'not-allowed');
  await problem(await send('/api/v1/forgotten', '{}', { authorization: '' }), 403, 'not-allowed');
});

test('all problems of a body are told at once, with their paths', async () => {
  const response = await send(
    '/api/v1/entries',
    JSON.stringify({ title: '', changes: [{ code: 'A1' }, {}] }),
  );
  expect(await problem(response, 400, 'invalid-request')).toMatchObject({
    instance: '/api/v1/entries',
    problems: [{ path: 'title' }, { path: 'changes[1].code' }],
  });
});

test('a problem is told in Italian to whoever asks for it, with the same facts, else in English', async () => {
  const body = JSON.stringify({ title: 7, changes: [{}], more: 1 });
  const italian = await send('/api/v1/entries', body, { 'accept-language': 'it-IT, en;q=0.5' });
  expect(italian.headers.get('content-language')).toBe('it');
  expect(italian.headers.get('vary')).toBe('accept-language');
  expect(await problem(italian, 400, 'invalid-request')).toMatchObject({
    title: 'La richiesta non ha la forma attesa',
    problems: [
      { path: 'title', message: 'Deve essere un testo.' },
      { path: 'changes[0].code', message: 'Manca.' },
    ],
  });
  const english = await send('/api/v1/entries', body, { 'accept-language': 'fr' });
  expect(await problem(english, 400, 'invalid-request')).toMatchObject({
    problems: [{ message: 'It must be a text.' }, { message: 'It is missing.' }],
  });
});

test('a body that is not there lacks its fields, whatever its content type says', async () => {
  for (const type of ['application/json', 'text/plain']) {
    const response = await send('/api/v1/entries', '', { 'content-type': type });
    expect(await problem(response, 400, 'invalid-request')).toMatchObject({
      problems: [{ path: 'title' }, { path: 'changes' }],
    });
  }
});

test('a refusal becomes its problem, with its extensions', async () => {
  expect(await problem(await ask('/api/v1/entries/A7'), 409, 'code-reused')).toMatchObject({ heldBy: 'x' });
});

test('a refusal given back by a handler is a problem too', async () => {
  await problem(await ask('/api/v1/entries/A6'), 410, 'retired');
});

test('what Nest and Fastify refuse are problems too', async () => {
  await problem(await ask('/api/v1/entries/A9'), 409, 'conflict');
  await problem(await ask('/api/v1/entries/x'), 400, 'invalid-request');
  expect(await problem(await ask('/nothing/here'), 404, 'not-found')).toMatchObject({
    detail: 'GET /nothing/here leads nowhere.',
  });
  expect(
    await problem(
      await send('/api/v1/entries', '{"title":', { 'accept-language': 'it' }),
      400,
      'malformed-request',
    ),
  ).toMatchObject({ detail: 'Il tipo di contenuto dice che il corpo è JSON, ma non lo è.' });
  await problem(
    await send('/api/v1/entries', JSON.stringify({ title: 'x'.repeat(3_000) })),
    413,
    'too-large',
  );
  await problem(
    await send('/api/v1/entries', 'x', { 'content-type': 'application/pdf' }),
    415,
    'unsupported-media-type',
  );
  await problem(await ask(`/api/v1/entries/%E0%A4%A`), 400, 'malformed-request');
});

/** Sends bytes as they are, which `fetch` would not, and reads the answer to its end. */
async function sendRaw(request: string): Promise<{ head: string; body: unknown }> {
  const socket = connect(Number(new URL(address).port), '127.0.0.1');
  socket.end(request);
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  return { head, body: JSON.parse(body) };
}

test('what Node refuses to read as HTTP is a problem too, in the language asked for', async () => {
  const accented = 'GET /api/v1/entries?words=attività HTTP/1.1\r\nHost: x\r\nConnection: close\r\n';
  const english = await sendRaw(`${accented}\r\n`);
  expect(english.head).toContain('HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json');
  expect(english.body).toEqual({
    type: '/problems/malformed-request',
    title: 'The request cannot be read',
    status: 400,
    detail: 'The address has a character that must be percent-encoded, as any beyond ASCII: à is %C3%A0.',
  });
  expect(await sendRaw(`${accented}Accept-Language: it-IT\r\n\r\n`)).toMatchObject({
    head: expect.stringContaining('Content-Language: it'),
    body: { title: 'La richiesta non si può leggere' },
  });
  expect(await sendRaw('nothing of HTTP\r\n\r\n')).toMatchObject({
    body: { detail: expect.stringContaining("In the words of the server's software") },
  });
  const long = `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`;
  expect(await sendRaw(long)).toMatchObject({ body: { type: '/problems/headers-too-large', status: 431 } });
});

test('what cannot be read behind a request whose answer has begun cuts the answer off, and writes nothing into it', async () => {
  const socket = connect(Number(new URL(address).port), '127.0.0.1');
  socket.write('GET /api/v1/endless HTTP/1.1\r\nHost: x\r\n\r\n');
  let answer = '';
  for await (const piece of socket.setEncoding('utf8')) {
    if (answer === '') socket.write('nothing of HTTP\r\n\r\n');
    answer += String(piece);
  }
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(answer).toMatch(/A1\n\r\n$/);
});

test('a bug is a 500 that tells nothing, and a log line that tells the cause', async () => {
  const document = await problem(await ask('/api/v1/entries/A8'), 500, 'internal-error');
  expect(JSON.stringify(document)).not.toContain('hunter2');
  expect(logged.join('')).toContain('the password is hunter2');
});

test('a text arrives as a string; lines, of which there may be any number, as a stream', async () => {
  for (const [type, isStream] of [
    ['text/plain; charset=utf-8', false],
    ['text/csv', true],
    ['application/x-ndjson', true],
  ] as const) {
    const response = await send('/api/v1/document', 'A1;Attività\n', { 'content-type': type }, 'PUT');
    expect(await response.json()).toEqual({ body: 'A1;Attività\n', isStream });
  }
});

test('health and metrics answer; requests are counted by route template', async () => {
  expect(await (await ask('/health/live')).json()).toEqual({ status: 'live' });
  expect((await ask('/health/ready')).status).toBe(200);
  await ask('/api/v1/entries/A1');
  const metrics = await (await ask('/metrics')).text();
  expect(metrics).toMatch(
    /http_request_duration_seconds_count\{app="test",method="GET",route="\/api\/v1\/entries\/:code",status="200"\} \d/,
  );
  expect(metrics).toContain('route="unknown",status="404"');
  expect(metrics).not.toContain('nothing/here');
});

test('an app without a guard does not start', async () => {
  await expect(createHttpApp(appModule(), options)).rejects.toThrow('would take writes from anybody');
  const own = await createHttpApp(appModule(), { ...options, authentication: 'own' });
  await own.stop();
});
