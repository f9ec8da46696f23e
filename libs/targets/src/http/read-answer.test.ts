import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Exchange } from './exchange.ts';
import { readAnswer, type Effect } from './read-answer.ts';

const json = 'application/json; charset=utf-8';
const answered = (status: number, body = '', headers: Record<string, string> = {}): Exchange => ({
  is: 'answered',
  status,
  headers: body ? { 'content-type': json, ...headers } : headers,
  body: Buffer.from(body),
});
const read = (exchange: Exchange, effect: Effect = 'writes') => readAnswer(exchange, effect, 0);

describe('the network', () => {
  test('what was not sent is failing, for a write too', () => {
    expect(read({ is: 'not-sent', reason: 'connect ECONNREFUSED' })).toEqual({
      is: 'failing',
      reason: 'connect ECONNREFUSED',
      aboutSystem: true,
    });
  });
  test('a lost answer is unknown after a write, failing after a read', () => {
    const lost: Exchange = { is: 'lost', reason: 'other side closed' };
    expect(read(lost).is).toBe('unknown');
    expect(read(lost, 'reads').is).toBe('failing');
  });
});

describe('an answer that cannot be what the protocol says', () => {
  test.each([
    ['a page', answered(200, '<html>', { 'content-type': 'text/html' })],
    ['JSON that calls itself a page', answered(200, '{}', { 'content-type': 'text/html' })],
    ['broken JSON', answered(200, '{"id":')],
    ['text that is not UTF-8', { ...answered(200, '{}'), body: Buffer.from([0x22, 0xe8, 0x22]) } as Exchange],
    ['nothing', answered(200)],
    ['nothing, and created', answered(201)],
  ])('%s is unknown after a write, failing after a read', (_, exchange) => {
    expect(read(exchange).is).toBe('unknown');
    expect(read(exchange, 'reads').is).toBe('failing');
  });

  test('a page that says 404 is no word about a record', () => {
    expect(read(answered(404, '<html>', { 'content-type': 'text/html' })).is).toBe('failing');
  });
  test('a redirect is not followed', () => {
    expect(read(answered(302, '', { location: 'https://elsewhere.example/' })).is).toBe('failing');
  });
});

describe('statuses', () => {
  test('a taken answer carries its JSON, whatever JSON it is called', () => {
    for (const type of [
      'application/json',
      'application/scim+json',
      'application/problem+json;charset=UTF-8',
    ]) {
      expect(read(answered(201, '{"id":"1"}', { 'content-type': type }))).toMatchObject({
        reply: { ok: true, status: 201, body: { id: '1' } },
      });
    }
    expect(read(answered(204))).toMatchObject({ reply: { ok: true, body: null } });
  });
  test('a refusal carries the words of the target', () => {
    expect(read(answered(409, '{"message":"taken"}'))).toMatchObject({
      reply: { ok: false, status: 409, reason: 'taken (HTTP 409)' },
    });
  });
  test('a proxy that refuses the content is a refusal without a body', () => {
    expect(read(answered(413, '<html>', { 'content-type': 'text/html' }))).toMatchObject({
      reply: { ok: false, status: 413, body: null },
    });
  });
  test('429 and 503 with Retry-After say how long to wait, by the clock of the server', () => {
    expect(read(answered(503, '', { 'retry-after': '5' }))).toMatchObject({
      is: 'slow-down',
      retryAfterMs: 5000,
    });
    const headers = {
      'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT',
      date: 'Wed, 21 Oct 2026 07:27:50 GMT',
    };
    expect(read(answered(429, '', headers))).toMatchObject({ is: 'slow-down', retryAfterMs: 10_000 });
    expect(read(answered(429)).is).toBe('slow-down');
    expect(read(answered(503)).is).toBe('failing');
  });
  test.each([408, 500, 502, 504])('%i may have stored something', (status) => {
    expect(read(answered(status)).is).toBe('unknown');
    expect(read(answered(status), 'reads').is).toBe('failing');
  });
});

test('no answer makes it throw, and a read is never unknown', () => {
  const exchange = fc.record({
    is: fc.constant('answered' as const),
    status: fc.integer({ min: 200, max: 599 }),
    headers: fc.dictionary(
      fc.constantFrom('content-type', 'retry-after', 'date'),
      fc.oneof(fc.string(), fc.constant(json)),
    ),
    body: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  });
  fc.assert(
    fc.property(exchange, (one) => {
      expect(read(one, 'reads').is).not.toBe('unknown');
      const written = read(one);
      if (one.status >= 400 && written.is === 'reply') expect(written.reply.ok).toBe(false);
    }),
  );
});
