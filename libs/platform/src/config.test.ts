import { expect, test } from 'vitest';
import { z } from 'zod';
import { commonEnv, ConfigurationError, httpUrl, kafkaBrokers, postgresUrl, readEnv } from './config.ts';

const schema = z.object({
  ...commonEnv.shape,
  DATABASE_URL: postgresUrl,
  KAFKA_BROKERS: kafkaBrokers,
  OIDC_ISSUER: httpUrl,
});

test('a complete environment becomes typed configuration, with defaults', () => {
  const config = readEnv(schema, {
    PORT: '7310',
    DATABASE_URL: 'postgres://catalog:secret@127.0.0.1:7340/mappa',
    KAFKA_BROKERS: '127.0.0.1:7350, kafka-2:9092',
    OIDC_ISSUER: 'http://127.0.0.1:7330/idp/',
    LOG_LEVEL: '',
  });
  expect(config).toEqual({
    HOST: '127.0.0.1',
    PORT: 7310,
    LOG_LEVEL: 'info',
    NODE_ENV: 'development',
    DATABASE_URL: 'postgres://catalog:secret@127.0.0.1:7340/mappa',
    KAFKA_BROKERS: ['127.0.0.1:7350', 'kafka-2:9092'],
    OIDC_ISSUER: 'http://127.0.0.1:7330/idp',
  });
});

test('all problems are told at once, by the name of the variable, in plain words', () => {
  const env = { PORT: '70000', KAFKA_BROKERS: 'localhost', DATABASE_URL: 'mysql://x' };
  expect(() => readEnv(schema, env)).toThrow(ConfigurationError);
  expect(() => readEnv(schema, env)).toThrow(
    [
      'The configuration is not complete:',
      '  PORT is not right: the highest port is 65535',
      '  DATABASE_URL is not right: an address such as postgres://user:password@host:5432/database is expected',
      '  KAFKA_BROKERS is not right: brokers as host:port, separated by commas, are expected',
      '  OIDC_ISSUER is missing',
    ].join('\n'),
  );
});
