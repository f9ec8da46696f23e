import fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jsonAnswer, sendAnswer } from './answer.ts';

const answer = jsonAnswer({ code: 'A1' });
const server = fastify();
beforeAll(async () => {
  server.get('/pinned', (request, reply) => sendAnswer(request, reply, answer, true));
  server.get('/head', (request, reply) => sendAnswer(request, reply, answer, false));
  await server.ready();
});
afterAll(() => server.close());

test.each([answer.etag, `W/${answer.etag}`, `"x", ${answer.etag}`, '*'])(
  'whoever has %s is told that nothing changed, without a body',
  async (tag) => {
    const got = await server.inject({ url: '/head', headers: { 'if-none-match': tag } });
    expect([got.statusCode, got.body, got.headers.etag]).toEqual([304, '', answer.etag]);
  },
);

test.each(['"x"', '', answer.etag.slice(0, -2)])('whoever has %s gets the body', async (tag) => {
  const got = await server.inject({ url: '/head', headers: { 'if-none-match': tag } });
  expect([got.statusCode, got.body]).toEqual([200, '{"code":"A1"}']);
});

test('HEAD says all that GET says, but for the body', async () => {
  const [get, head] = [
    await server.inject({ url: '/pinned' }),
    await server.inject({ method: 'HEAD', url: '/pinned' }),
  ];
  expect(head.body).toBe('');
  for (const name of ['etag', 'cache-control', 'content-length', 'content-type'])
    expect(head.headers[name]).toBe(get.headers[name]);
});

test('an address with a revision may be kept for ever, one without must be asked again', async () => {
  expect((await server.inject({ url: '/pinned' })).headers['cache-control']).toMatch('immutable');
  expect((await server.inject({ url: '/head' })).headers['cache-control']).toBe('no-cache');
});
