import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLogger, readEnv, run, sql } from '#platform';
import { connectorEnv } from '../config.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import { RegistryModule } from './registry.module.ts';

let database: ConnectorDatabase;
const directory = mkdtempSync(join(tmpdir(), 'mappa-targets-'));
beforeAll(async () => {
  database = await connectorDatabase();
});
afterAll(async () => {
  rmSync(directory, { recursive: true });
  await database.close();
});

/** @returns what the log warns of */
async function start(file: object, more: Record<string, string> = {}): Promise<string[]> {
  const path = join(directory, 'targets.json');
  writeFileSync(path, JSON.stringify(file));
  const config = readEnv(connectorEnv, {
    PORT: '0',
    DATABASE_URL: database.appUrl,
    KAFKA_BROKERS: '127.0.0.1:1',
    OIDC_ISSUER: 'http://127.0.0.1:1',
    CATALOG_URL: 'http://127.0.0.1:1',
    NODE_ENV: 'production',
    TARGETS_FILE: path,
    ...more,
  });
  const warned: string[] = [];
  const logger = createLogger('test', 'silent');
  logger.warn = (text: unknown) => void warned.push(String(text));
  await new RegistryModule(config, database.db, logger).onModuleInit();
  return warned;
}

const listed = () => run(database.db, sql`select id from target where listed order by id`);
const target = { organisation: 'o', system: 's', profile: 'crm', scheme: 'map' };
const file = {
  organisations: [{ id: 'o', name: 'Ente' }],
  systems: [{ id: 's', address: 'https://crm.example.org', secret: 'env:TARGET_CRM' }],
  profiles: [{ id: 'crm', kind: 'crm', driver: 'crm-sobject' }],
  targets: ['a', 'b'].map((id) => ({ ...target, id, settings: { object: `Of_${id}__c` } })),
};

it('in production the log says that secrets may go to any host, unless it is said where targets may be', async () => {
  const warning = expect.stringContaining('TARGET_ADDRESSES is not set');
  expect(await start(file)).toContainEqual(warning);
  expect(await start(file, { TARGET_ADDRESSES: '*.example.org' })).not.toContainEqual(warning);
  expect(await listed()).toEqual([{ id: 'a' }, { id: 'b' }]);
});

it('a file that would unlist targets stops the start, and says how to do it', async () => {
  const shorter = { ...file, targets: file.targets.slice(1) };
  await expect(start(shorter)).rejects.toThrow(
    /not named: 1\. .*--unlist 1 .*start with an empty TARGETS_FILE/,
  );
  expect(await listed()).toHaveLength(2);
  expect(await start(shorter, { TARGETS_FILE: '' })).toHaveLength(1);
  expect(await listed()).toHaveLength(2);
});

it('so does one that names what targets may not have, with all of it', async () => {
  const systems = [{ ...file.systems[0], address: 'http://169.254.169.254', secret: 'env:DATABASE_URL' }];
  await expect(start({ ...file, systems })).rejects.toThrow(
    /systems "s" \(no\. 1\): address: 169\.254.*\n.*systems "s" \(no\. 1\): secret: .*TARGET_/,
  );
});

it('so does one with a language in which the map that is here has no title', async () => {
  const inFrench = { ...file, profiles: [{ ...file.profiles[0], language: 'fr' }] };
  await start(inFrench);
  await start(file);
  await run(
    database.db,
    sql`insert into entry (scheme, concept_id, from_revision, code, rank, level, titles, notes, attributes, content_hash)
        values ('map', gen_random_uuid(), 1, 'A1', 0, 1, '{"it": {"official": "Piano"}}', '{}', '{}', '')
        returning concept_id`,
  );
  await expect(start(inFrench)).rejects.toThrow(
    /profiles "crm" \(no\. 1\): language: The map "map" has no title in "fr"; it has titles in: it/,
  );
  await start(file);
});
