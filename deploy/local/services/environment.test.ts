import { expect, test } from 'vitest';
import { preferredPorts } from '../state/ports.ts';
import { addressesOf, appEnvironment, databasesOf } from './environment.ts';

const secrets = { postgres: 'p', catalog: 'c/1', connector: 'd' };
const databases = databasesOf('postgresql://postgres:p@127.0.0.1:7340/mappa', secrets);
const around = {
  addresses: addressesOf(preferredPorts),
  ports: preferredPorts,
  databases,
  brokers: 'k:1',
  home: '/h',
};

test('an app gets its own role, never the address of the administrator', () => {
  const env = appEnvironment('catalog', around, {
    DATABASE_URL: 'postgresql://admin@x/y',
    LOG_LEVEL: 'debug',
  });
  expect(env['DATABASE_URL']).toBe('postgresql://mappa_catalog:c%2F1@127.0.0.1:7340/mappa');
  expect(env['LOG_LEVEL']).toBe('debug');
  expect(Object.values(env)).not.toContain(databases.admin);
});

test('the sandbox gets no database', () => {
  const env = appEnvironment('sandbox', around, { DATABASE_URL: 'postgresql://admin@x/y' });
  expect(env['DATABASE_URL']).toBeUndefined();
  expect(env['PUBLIC_URL']).toBe('http://127.0.0.1:7330');
});

test('every app listens on loopback only, whatever HOST says outside', () => {
  for (const app of ['catalog', 'connector', 'sandbox'] as const) {
    expect(appEnvironment(app, around, { HOST: '0.0.0.0' })['HOST']).toBe('127.0.0.1');
  }
});

test('the connector applies the targets file of the demonstration, the one that is named, or none', () => {
  const fileOf = (env: NodeJS.ProcessEnv) => appEnvironment('connector', around, env)['TARGETS_FILE'];
  expect(fileOf({})).toMatch(/demo\/targets\.json$/);
  expect(fileOf({ TARGETS_FILE: '/mine.json' })).toBe('/mine.json');
  expect(fileOf({ TARGETS_FILE: '' })).toBe('');
});
