import { createServer } from 'node:http';
import { once } from 'node:events';
import type { ListedSet } from '../intake/catalog-client.ts';
import type { MapHistory, PublishedRevision } from './map-history.ts';

export interface FakeSealed {
  readonly listed: ListedSet;
  readonly changes: PublishedRevision['changes'];
}

/** The part of the catalog's API that the connector reads, over a history that a test may change. */
export interface FakeCatalog {
  readonly address: string;
  /** Requests so far. */
  readonly requests: string[];
  history: MapHistory;
  sealed: FakeSealed[];
  close(): Promise<void>;
}

export async function startFakeCatalog(history: MapHistory, pageSize = 2): Promise<FakeCatalog> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    const body = answer(catalog, request.url ?? '', pageSize);
    response.statusCode = body ? 200 : 404;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(body ?? { title: 'not found' }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const listening = server.address();
  const port = typeof listening === 'object' ? listening?.port : undefined;
  const catalog: FakeCatalog = {
    address: `http://127.0.0.1:${port}`,
    requests,
    history,
    sealed: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return catalog;
}

function answer({ history, sealed }: FakeCatalog, url: string, pageSize: number): unknown {
  const { pathname, searchParams } = new URL(url, 'http://catalog');
  const path = pathname.replace(`/api/v1/schemes/${history.scheme}/`, '');
  if (path === 'revisions') return { items: history.revisions.map(({ inForce }) => inForce) };
  if (path === 'sealed') return { items: sealed.map(({ listed }) => listed) };
  const [, list, id] = /^(revisions|sealed)\/([^/]+)\/changes$/.exec(path) ?? [];
  const changes =
    list === 'sealed'
      ? sealed.find(({ listed }) => listed.set === id)?.changes
      : history.revisions[Number(id) - 1]?.changes;
  const after = Number(searchParams.get('after') ?? 0);
  const left = changes?.filter(({ index }) => index > after);
  if (!left) return undefined;
  const items = left.slice(0, pageSize);
  return { items, next: left.length > pageSize ? items.at(-1)?.index : null };
}
