import { connect } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { boundArrival } from './bound-arrival.ts';

const limitMs = 150;
let app: FastifyInstance;
let port: number;

beforeAll(async () => {
  app = Fastify();
  boundArrival(app, ['text/csv'], limitMs);
  app.addContentTypeParser('text/csv', (_request, body, done) => done(null, body));
  app.post('/', async ({ body }) => {
    const isStream = typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
    let bytes = 0;
    if (isStream) for await (const piece of body as AsyncIterable<Buffer>) bytes += piece.length;
    return { bytes };
  });
  port = Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port);
});
afterAll(() => app.close());

/** Sends `pieces` of one byte, one every third of the limit, of a body that is said to have `length`. @returns the answer */
function trickle(type: string, pieces: number, length: number): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    let sent = 0;
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`,
    );
    const sending = setInterval(() => {
      if (sent++ < pieces) socket.write('1');
      else clearInterval(sending);
    }, limitMs / 3);
    socket.on('data', (piece) => (answer += piece.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(sending);
      resolve(answer);
    });
  });
}

test('a stream may take many times the limit as long as bytes arrive', async () => {
  expect(await trickle('text/csv', 20, 20)).toContain('{"bytes":20}');
});

test('a stream that stands still is answered 408 and cut off', async () => {
  expect(await trickle('text/csv', 2, 20)).toContain('408');
});

test('a body that is parsed must be here within the limit, however steadily it drips', async () => {
  expect(await trickle('application/json', 20, 20)).toContain('408');
});
