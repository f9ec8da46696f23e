import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('without any variable it listens on loopback and keeps its files in .mappa', () => {
  expect(readConfig({})).toEqual({
    host: '127.0.0.1',
    port: 7330,
    logLevel: 'info',
    dataDir: '.mappa/sandbox',
    publicUrl: 'http://127.0.0.1:7330',
  });
});

test('it refuses production', () => {
  expect(() => readConfig({ NODE_ENV: 'production' })).toThrow(/NEVER RUNS IN PRODUCTION/);
});

test('it refuses every address that others can reach, and names all problems at once', () => {
  expect(() => readConfig({ HOST: '0.0.0.0', PORT: 'x' })).toThrow(/HOST.*loopback[^]*PORT/);
});
