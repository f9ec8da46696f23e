import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { drivers, type Driver, type Step, type StoredRecord } from '#targets';
import { branch, creation } from '../../libs/targets/src/conformance/sample.ts';
import { ask } from './stages/ask.ts';
import { startSandbox, type RunningSandbox } from './stages/sandbox.ts';

const servers = [
  { name: 'crm', driver: 'crm-sobject', path: '/crm', user: 'mappa', secret: 'mappa-crm-secret' },
  {
    name: 'cmis',
    driver: 'cmis',
    path: '/cmis/browser/proto',
    user: 'mappa',
    secret: 'mappa-records-secret',
  },
  { name: 'odata', driver: 'odata', path: '/odata', user: 'mappa', secret: 'mappa-odata-secret' },
  { name: 'scim', driver: 'scim', path: '/scim/v2', user: '', secret: 'mappa-hr-secret' },
] as const;

const { signal } = new AbortController();
let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

describe.each(servers)(
  'the driver of $name, when its server is in trouble',
  ({ name, driver: type, path, ...login }) => {
    let driver: Driver;
    const faults = `/control/faults/${name}`;
    const set = (fault: unknown): Promise<unknown> =>
      ask('PUT', sandbox.origin + faults, { 'content-type': 'application/json' }, JSON.stringify(fault));
    const clear = (): Promise<unknown> => ask('DELETE', sandbox.origin + faults, {});
    const write = (...steps: Step[]) => driver.write(steps, signal);
    const under = async (keys: readonly string[]): Promise<StoredRecord[]> => {
      const found: StoredRecord[] = [];
      for await (const page of driver.list(signal)) {
        found.push(...page.filter(({ key }) => key !== null && keys.includes(key)));
      }
      return found;
    };
    const some = (count: number): Step[] => {
      const root = branch();
      return Array.from({ length: count }, (_, i) => creation(`${root}.${i}`));
    };
    const again = (steps: readonly Step[]): Step[] => steps.map((step) => ({ ...step, mayExist: true }));

    beforeAll(async () => {
      const connection = { ...login, address: sandbox.origin + path, settings: {}, requestTimeoutMs: 500 };
      driver = drivers[type].create(connection);
      // The first token and the first look at what the server can do.
      expect(await write(creation(branch()))).toMatchObject([{ is: 'done' }]);
    });
    afterEach(clear);
    afterAll(() => driver.close());

    test('503 and 429 say when to come back, in seconds and as a date', async () => {
      await set({ status: 503, retryAfter: '5' });
      expect(await write(...some(2))).toMatchObject([
        { is: 'slow-down', retryAfterMs: 5000 },
        { is: 'slow-down', retryAfterMs: 5000 },
      ]);
      await set({ status: 429, retryAfter: new Date(Date.now() + 60_000).toUTCString() });
      const [answer] = await write(...some(1));
      expect(answer?.is === 'slow-down' && Math.abs(answer.retryAfterMs - 60_000) <= 2000).toBe(true);
      expect(await driver.probe(signal)).toMatchObject({ is: 'slow-down' });
    });

    test('503 without a time is failing, and nothing was written', async () => {
      const steps = some(3);
      await set({ status: 503 });
      expect(await write(...steps)).toMatchObject(steps.map(() => ({ is: 'failing' })));
      await clear();
      expect(await under(steps.map(({ key }) => key))).toEqual([]);
    });

    test.each(['before', 'after'])(
      'whether the connection is cut %s storing, the next attempt ends with every record once',
      async (drop) => {
        const steps = some(9);
        await set({ drop, times: 3 });
        const answers = await write(...steps);
        expect(answers.every(({ is }) => is !== 'rejected' && is !== 'gone')).toBe(true);
        await clear();
        const second = await write(...again(steps));
        expect(second.map(({ is }) => is)).toEqual(steps.map(() => 'done'));
        const found = await under(steps.map(({ key }) => key));
        expect(found).toHaveLength(steps.length);
        expect(new Set(found.map(({ key }) => key))).toEqual(new Set(steps.map(({ key }) => key)));
      },
    );

    test('a server that is too slow leaves nothing twice', async () => {
      const steps = some(3);
      await set({ delayMs: 900 });
      const answers = await write(...steps);
      expect(answers.every(({ is }) => is === 'unknown' || is === 'failing')).toBe(true);
      await clear();
      const second = await write(...again(steps));
      expect(second.map(({ is }) => is)).toEqual(steps.map(() => 'done'));
      expect(await under(steps.map(({ key }) => key))).toHaveLength(3);
    });

    test('a code that the server does not like stops only its own record', async () => {
      const steps = some(5);
      await set({ refuseCode: steps[2]?.content.code });
      const answers = await write(...steps);
      expect(answers.map(({ is }) => is)).toEqual(['done', 'done', 'rejected', 'done', 'done']);
      await clear();
      expect(await write(steps[2]!)).toMatchObject([{ is: 'done' }]);
    });
  },
);

test('a record that makes the CRM refuse the whole request only fails itself', async () => {
  const [{ path, user, secret }] = servers;
  const connection = { address: sandbox.origin + path, user, secret, settings: {}, requestTimeoutMs: 5000 };
  const driver = drivers['crm-sobject'].create(connection);
  const root = branch();
  const steps = Array.from({ length: 50 }, (_, i) =>
    creation(`${root}.${i}`, i === 17 ? { validTo: 'not a day' } : {}),
  );
  const answers = await driver.write(steps, signal);
  expect(answers.flatMap(({ is }, i) => (is === 'done' ? [] : [[i, is]]))).toEqual([[17, 'rejected']]);
  await driver.close();
});
