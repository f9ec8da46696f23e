import { expect, test } from 'vitest';
import { serverProperties } from './server-properties.ts';

const text = serverProperties({ port: 7350, controllerPort: 7351, dataDirectory: '/some where/a\\b' });
const property = (name: string): string | undefined =>
  text
    .split('\n')
    .find((line) => line.startsWith(`${name}=`))
    ?.slice(name.length + 1);

test('broker and controller listen on loopback only', () => {
  const listeners = property('listeners')?.split(',') ?? [];
  expect(listeners).toEqual(['PLAINTEXT://127.0.0.1:7350', 'CONTROLLER://127.0.0.1:7351']);
  expect(property('advertised.listeners')).toBe('PLAINTEXT://127.0.0.1:7350');
});

test('one node needs no second replica for any internal topic', () => {
  const replicas = text.split('\n').filter((line) => /replication\.factor|min\.isr|insync/.test(line));
  expect(replicas.length).toBe(7);
  expect(replicas.every((line) => line.endsWith('=1'))).toBe(true);
});

test('a backslash in the path is written as Java reads it', () => {
  expect(property('log.dirs')).toBe('/some where/a\\\\b');
});
