import { expect, test } from 'vitest';
import { readEnv } from '#platform';
import { connectorEnv } from './config.ts';
import { allowedBy } from './registry/allowed.ts';

const required = {
  PORT: '7320',
  DATABASE_URL: 'postgres://connector:secret@127.0.0.1:7340/mappa',
  KAFKA_BROKERS: '127.0.0.1:7350',
  OIDC_ISSUER: 'http://127.0.0.1:7330/idp',
  CATALOG_URL: 'http://127.0.0.1:7310',
};

test('a time scale of 60 makes a second of every minute of a pause, and leaves leases and timeouts alone', () => {
  const config = readEnv(connectorEnv, { ...required, TIME_SCALE: '60', SYSTEM_PAUSES_MS: '10,60000' });
  expect(config).toMatchObject({
    SYSTEM_PAUSES_MS: [1, 1_000],
    RETRY_REJECTED_MS: 24 * 60 * 1_000,
    SYSTEM_LEASE_MS: 4_000,
    REQUEST_TIMEOUT_MS: 20_000,
  });
});

test('production refuses a time scale', () => {
  const production = { ...required, NODE_ENV: 'production' };
  expect(() => readEnv(connectorEnv, { ...production, TIME_SCALE: '60' })).toThrow(
    'TIME_SCALE is not right: in production time is as long as it is',
  );
  expect(readEnv(connectorEnv, production)).toMatchObject({ TIME_SCALE: 1, HOLE_MS: 10_000 });
});

test('what targets may be and have is checked at the start', () => {
  const config = readEnv(connectorEnv, { ...required, SECRET_DIRECTORY: '/run/secrets/' });
  expect(allowedBy(config)).toEqual({
    secrets: { prefix: 'TARGET_', directory: '/run/secrets/' },
    addresses: null,
  });
  const wrong = {
    ...required,
    SECRET_PREFIX: 'DATABASE_',
    SECRET_DIRECTORY: 'secrets',
    TARGET_ADDRESSES: '*.camera.it,http://crm',
  };
  expect(() => readEnv(connectorEnv, wrong)).toThrow(
    /DATABASE_URL is no secret.*\n.*an absolute path.*\n.*"http:\/\/crm" is no host/,
  );
});
