import { createServer } from 'node:http';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { CatalogClient } from './catalog-client.ts';

const revision = (number: number, fields: object = {}) => ({
  scheme: 'map',
  revision: number,
  effectiveDate: '2026-01-01',
  edition: 'Rev.',
  changes: 1,
  contentHash: 'a'.repeat(64),
  base: null,
  publishedAt: '2026-01-01T08:00:00.000Z',
  ...fields,
});

test('editions of history are none of a target’s business', async () => {
  const items = [revision(-1), revision(0), revision(1), revision(2)];
  const server = createServer((_, response) => response.end(JSON.stringify({ items }))).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const revisions = await new CatalogClient(`http://127.0.0.1:${port}`).revisions(
    'map',
    new AbortController().signal,
  );
  server.close();
  expect(revisions.map((each) => each.revision)).toEqual([1, 2]);
});
