import { expect, test } from 'vitest';
import { discreetDriver } from './discreet-driver.ts';
import { TargetError, type Driver } from './driver.ts';

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
