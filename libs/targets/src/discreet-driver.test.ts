import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createCrmDriver } from './crm-sobject/crm-sobject.ts';
import { discreetDriver } from './discreet-driver.ts';
import { TargetError, type Driver } from './driver.ts';
import { openAccess } from './http/access.ts';

const secret = 'pass"wörd';
const { signal } = new AbortController();
const failing = { is: 'failing', reason: `who is ${secret}?`, aboutSystem: true } as const;
const told = { ...failing, reason: 'who is ***?' };
const fail = async (): Promise<never> => {
  throw new TargetError(failing);
};
const capabilities = {} as Driver['capabilities'];

const talkative: Driver = {
  capabilities,
  write: async () => [
    { is: 'done', externalId: secret },
    { is: 'rejected', reason: `${JSON.stringify(secret)} is no code` },
  ],
  async *list() {
    yield [];
    await fail();
  },
  delete: async () => [failing],
  countUses: fail,
  listUses: fail,
  probe: async () => failing,
  close: async () => undefined,
};

async function readAll(driver: Driver): Promise<void> {
  for await (const page of driver.list(signal)) expect(page).toEqual([]);
}

test('no reason tells the secret, whatever was asked, and ids stay what they are', async () => {
  const driver = discreetDriver(talkative, secret);
  expect(await driver.write([], signal)).toEqual([
    { is: 'done', externalId: secret },
    { is: 'rejected', reason: '"***" is no code' },
  ]);
  expect(await driver.delete?.([], signal)).toEqual([told]);
  expect(await driver.probe(signal)).toEqual(told);
  const asked = [
    driver.countUses?.([], signal),
    driver.listUses?.([], { after: null, limit: 1 }, signal),
    readAll(driver),
  ];
  for (const result of asked) await expect(result).rejects.toMatchObject({ answer: told });
});

test('it can do as much as the driver, and passes errors of our own on', async () => {
  const error = new Error(secret);
  const simple: Driver = {
    capabilities,
    write: async () => {
      throw error;
    },
    async *list() {},
    probe: async () => null,
    close: async () => undefined,
  };
  const driver = discreetDriver(simple, secret);
  expect(Object.keys(driver).sort()).toEqual(Object.keys(simple).sort());
  expect(driver.capabilities).toBe(capabilities);
  await expect(driver.write([], signal)).rejects.toBe(error);
});

test('a record that is refused in words that quote our token, in an answer that is well, does not tell it', async () => {
  const server = createServer((request, response) => {
    const { authorization } = request.headers;
    request.resume().on('end', () => {
      const message = `the trigger failed for ${authorization}`;
      response
        .setHeader('content-type', 'application/json')
        .end(
          JSON.stringify(
            authorization === undefined
              ? { access_token: 'token-of-a-day' }
              : [{ success: false, errors: [{ statusCode: 'CANNOT_INSERT', message }] }],
          ),
        );
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const address = `http://127.0.0.1:${port}`;
  const access = openAccess(address, { concurrency: 1, ratePerSecond: null, requestTimeoutMs: 2000 });
  const connection = { address, user: 'mappa', secret, settings: {}, requestTimeoutMs: 2000, access };
  const driver = discreetDriver(createCrmDriver(connection), secret, access);
  const content = { code: 'A1', title: 'a', parent: null, level: 2, active: true, validTo: null };
  const step = { key: '00000001-0000-4000-8000-000000000000', externalId: null, mayExist: false, content };

  const [answer] = await driver.write([step], signal);
  expect(answer).toEqual({ is: 'rejected', reason: 'CANNOT_INSERT: the trigger failed for Bearer ***' });
  await driver.close();
  await access.close();
  server.close();
  await once(server, 'close');
});
