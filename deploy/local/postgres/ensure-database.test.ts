import { expect, test } from 'vitest';
import { databaseUrl } from './ensure-database.ts';

test('the database is called mappa unless the address names one', () => {
  expect(databaseUrl('postgresql://a:b@h:1/postgres')).toBe('postgresql://a:b@h:1/mappa');
  expect(databaseUrl('postgresql://a:b@h:1')).toBe('postgresql://a:b@h:1/mappa');
  expect(databaseUrl('postgresql://a:b@h:1/own?sslmode=disable')).toBe(
    'postgresql://a:b@h:1/own?sslmode=disable',
  );
});
