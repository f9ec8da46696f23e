import { X509Certificate } from 'node:crypto';
import type { RequestListener } from 'node:http';
import type { ServerOptions } from 'node:https';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { creation, update } from '../conformance/sample.ts';
import { TargetError, type Driver } from '../driver.ts';
import { drivers } from '../registry.ts';
import { drip, sendForever, startBadServer, type BadServer } from './bad-server.ts';
import { createAuthority } from './certificate.ts';

const day = 24 * 60 * 60 * 1000;
const now = Date.now();
const [longAgo, yesterday, tomorrow] = [now - 30 * day, now - day, now + day].map((at) => new Date(at)) as [
  Date,
  Date,
  Date,
];
const authority = createAuthority('Authority of the tests', longAgo, tomorrow);
const stranger = createAuthority('Somebody else', longAgo, tomorrow);
const valid = { host: 'localhost', notBefore: longAgo, notAfter: tomorrow };

const trusted = getCACertificates('default');
beforeAll(() => setDefaultCACertificates([...trusted, authority.cert]));
afterAll(() => setDefaultCACertificates(trusted));

const requestTimeoutMs = 400;
const { signal } = new AbortController();
const secret = `whsec_${Buffer.alloc(32).toString('base64')}`;

/** What every driver must make of a server, whatever its protocol: trouble with the target, and never with a record. */
describe.each(Object.entries(drivers))('the driver %s', (_, type) => {
  let server: BadServer;
  let driver: Driver;
  const meet = async (listener: RequestListener, tls?: ServerOptions): Promise<void> => {
    server = await startBadServer(listener, tls);
    const connection = { address: server.address, user: 'user', secret, settings: {}, requestTimeoutMs };
    driver = type.create(connection);
  };
  afterEach(async () => {
    await driver.close();
    await server.close();
  });
  const steps = [
    creation('A1'),
    creation('A2'),
    update(creation('A3'), '00000000-0000-0000-0000-000000000001'),
  ];
  const write = () => driver.write(steps, signal);
  const reasons = (answers: readonly object[]): string =>
    answers.map((one) => ('reason' in one ? String(one.reason) : '')).join('\n');

  /** Nothing is done, nothing is blamed on a record, a probe says why, and a list does not pretend to be empty. */
  const expectTrouble = async (why: RegExp): Promise<void> => {
    const answers = await write();
    expect(answers.map(({ is }) => is).filter((is) => is !== 'failing' && is !== 'unknown')).toEqual([]);
    expect(reasons(answers)).toMatch(why);
    const probed = await driver.probe(signal);
    expect(probed?.is).toBe('failing');
    expect(probed?.reason).toMatch(why);
    const read = async (): Promise<void> => {
      for await (const _ of driver.list(signal));
    };
    const error: unknown = await read().catch((reason: unknown) => reason);
    if (driver.capabilities.canList) expect(error).toMatchObject({ answer: { is: 'failing' } });
    expect(error).toBeInstanceOf(TargetError);
  };

  test.each<[string, () => ServerOptions, RegExp]>([
    [
      'has expired',
      () => authority.issue({ ...valid, notAfter: yesterday }),
      /the certificate of the server has expired/,
    ],
    ['nobody trusts signed', () => stranger.issue(valid), /nobody whom the connector trusts/],
    [
      'is for another host',
      () => authority.issue({ ...valid, host: 'crm.example' }),
      /is for other names than localhost/,
    ],
  ])('sends nothing to a server with a certificate that %s', async (_why, certificate, words) => {
    await meet((_request, response) => response.end(), certificate());
    await expectTrouble(words);
    expect(server.asked).toEqual([]);
    const answers = await write();
    expect(answers.map(({ is }) => is)).toEqual(['failing', 'failing', 'failing']);
  });

  test('sends nothing to a server that speaks only TLS 1.1', async () => {
    const old: ServerOptions = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };
    await meet((_request, response) => response.end(), { ...authority.issue(valid), ...old });
    await expectTrouble(/does not speak TLS, or none of the versions/);
    expect(server.asked).toEqual([]);
  });

  test('speaks to a server whose certificate is in order', async () => {
    await meet((_request, response) => response.writeHead(503).end(), authority.issue(valid));
    await write();
    expect(server.asked).not.toEqual([]);
  });

  test('follows no redirect, not even to the same host', async () => {
    await meet((request, response) => {
      const status = request.url === '/elsewhere' ? 200 : 307;
      response.writeHead(status, { location: '/elsewhere' }).end();
    });
    await expectTrouble(/not followed/);
    expect(server.asked.filter((one) => one.endsWith('/elsewhere'))).toEqual([]);
  });

  test.each<[string, RequestListener, RegExp]>([
    [
      'a page of HTML with 200',
      (_request, response) =>
        response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Manutenzione</h1>'),
      /HTTP 200, but/,
    ],
    [
      'a page of HTML with 404',
      (_request, response) =>
        response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not found</h1>'),
      /HTTP 404/,
    ],
    [
      'an error in broken JSON',
      (_request, response) => response.writeHead(500, { 'content-type': 'application/json' }).end('{"id":'),
      /HTTP 500/,
    ],
    [
      'an answer that never ends',
      (_request, response) => sendForever(response.writeHead(200, { 'content-type': 'application/json' })),
      /longer than|in time/,
    ],
    [
      'an answer drop by drop',
      (_request, response) => drip(response.writeHead(200, { 'content-type': 'application/json' })),
      /in time/,
    ],
    ['no answer', () => undefined, /in time/],
    ['a connection that ends', (request) => request.socket.destroy(), /socket|closed|ECONNRESET|other side/i],
  ])('calls %s trouble with the target', async (_what, listener, why) => {
    await meet(listener);
    await expectTrouble(why);
  });

  test('calls JSON that the protocol does not know trouble with the target', async () => {
    await meet((_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"welcome":true}'),
    );
    const answers = await write();
    const isAcknowledgedByStatus = !driver.capabilities.canList;
    const allowed = isAcknowledgedByStatus ? ['done'] : ['failing', 'unknown'];
    expect(answers.filter(({ is }) => !allowed.includes(is))).toEqual([]);
  });

  test.each([
    ['in seconds', () => '7', 7000],
    ['as a date', () => new Date(Date.now() + 60_000).toUTCString(), 60_000],
  ])('waits as long as a 429 and a 503 say %s, and asks nothing more meanwhile', async (_how, header, ms) => {
    for (const status of [429, 503]) {
      await meet((_request, response) => response.writeHead(status, { 'retry-after': header() }).end());
      const answers = await write();
      expect(answers.map(({ is }) => is)).toEqual(steps.map(() => 'slow-down'));
      for (const answer of answers) {
        expect(answer.is === 'slow-down' && Math.abs(answer.retryAfterMs - ms)).toBeLessThanOrEqual(2000);
      }
      expect(server.asked.length).toBeLessThanOrEqual(steps.length);
      if (status === 429) {
        await driver.close();
        await server.close();
      }
    }
  });

  test('signs in once more when its credentials are refused, then says so and stops', async () => {
    await meet((request, response) => {
      if (!request.url?.includes('token')) response.writeHead(401).end();
      else response.writeHead(200, { 'content-type': 'application/json' }).end('{"access_token":"t"}');
    });
    const answers = await write();
    expect(answers.map(({ is }) => is)).toEqual(steps.map(() => 'failing'));
    expect(reasons(answers)).toMatch(/credentials are not accepted/);
    expect(server.asked.filter((one) => one.includes('token')).length).toBeLessThanOrEqual(2);
    expect(server.asked.length).toBeLessThanOrEqual(2 * steps.length);
    expect(await driver.probe(signal)).toMatchObject({
      is: 'failing',
      reason: expect.stringMatching(/credentials/) as string,
    });
  });
});

test('the certificates of these tests are what they say', () => {
  const { cert } = authority.issue(valid);
  const read = new X509Certificate(cert);
  expect(read.verify(new X509Certificate(authority.cert).publicKey)).toBe(true);
  expect(read.checkHost('localhost')).toBe('localhost');
});
