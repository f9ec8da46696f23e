import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { createLogger, runMigrations } from '#platform';
import { catalogMigrations } from '../../apps/catalog/src/database/migrations.ts';
import { connectorMigrations } from '../../apps/connector/src/database/schema.ts';
import { audit } from '../../deploy/local/mappa/audit.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';

let fresh: FreshDatabase;
let said: string[];

beforeAll(async () => {
  fresh = await freshDatabase('audit');
  const logger = createLogger('test', 'silent');
  // Roles are shared by all databases of the server, so their passwords are those of the other tests.
  for (const [migrations, name, password] of [
    [catalogMigrations, 'mappa_catalog', 'catalog-test'],
    [connectorMigrations, 'mappa_connector', 'connector-test'],
  ] as const)
    await runMigrations({
      ...migrations,
      adminUrl: fresh.url,
      appUrl: fresh.urlFor(name, password),
      logger,
    });
  await asSuperuser(`insert into connector.audit (actor, action, subject, details)
    select gen_random_uuid(), 'act', 'target/città', '{}' from generate_series(1, 3)`);
});
afterAll(() => fresh.drop());
afterEach(() => vi.unstubAllEnvs());

async function asSuperuser(statement: string): Promise<void> {
  const superuser = new Client({ connectionString: fresh.url });
  await superuser.connect();
  await superuser.query(statement);
  await superuser.end();
}

async function verify(url: string, ...args: string[]): Promise<number> {
  vi.stubEnv('DATABASE_URL', url);
  said = [];
  const hear = (text: string) => void said.push(text);
  const spies = [
    vi.spyOn(console, 'log').mockImplementation(hear),
    vi.spyOn(console, 'error').mockImplementation(hear),
  ];
  const code = await audit.run(['verify', ...args], 'en');
  for (const spy of spies) spy.mockRestore();
  return code;
}

it('both audit logs are verified by one command, which ends with 1 when either is broken', async () => {
  expect(await verify(fresh.url)).toBe(0);
  expect(said).toEqual([
    expect.stringMatching(/^catalog: The chain holds: \d+ entries/),
    expect.stringMatching(/^connector: The chain holds: 3 entries, head [0-9a-f]{64}/),
  ]);
  await asSuperuser(
    `set session_replication_role = replica; update connector.audit set action = 'other' where position = 2`,
  );
  expect(await verify(fresh.url)).toBe(1);
  expect(said[1]).toMatch(/^connector: The chain breaks at entry 2/);
  expect(await verify(fresh.url, 'catalog')).toBe(0);
});

it('a head that was kept elsewhere must be in the log that it is of', async () => {
  const head = /head ([0-9a-f]{64})/;
  await asSuperuser(
    `set session_replication_role = replica; update connector.audit set action = 'act' where position = 2`,
  );
  expect(await verify(fresh.url, 'connector')).toBe(0);
  const kept = head.exec(said[0] ?? '')?.[1] ?? '';
  expect(await verify(fresh.url, 'connector', '--head', kept)).toBe(0);
  await asSuperuser('set session_replication_role = replica; delete from connector.audit where position = 3');
  expect(await verify(fresh.url, 'connector')).toBe(0);
  expect(await verify(fresh.url, 'connector', '--head', kept)).toBe(1);
  expect(said[0]).toMatch(/^connector: The chain breaks at entry 3: --head knows an entry with the hash/);
  for (const wrong of [
    ['--head', kept],
    ['connector', '--head', 'x'],
    ['connector', '--haed', kept],
  ])
    expect(await verify(fresh.url, ...wrong)).toBe(2);
});

it('a log that cannot be read is told apart from one that holds', async () => {
  expect(await verify(fresh.urlFor('mappa_catalog', 'catalog-test'))).toBe(2);
  expect(said[1]).toMatch(/^connector: The log cannot be read\..*permission denied/);
  expect(await verify(fresh.url, 'elsewhere')).toBe(2);
});
