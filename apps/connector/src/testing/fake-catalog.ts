import { createServer } from 'node:http';
import { once } from 'node:events';
import type { MapHistory } from './map-history.ts';

/** The part of the catalog's API that a repair reads, over a history that a test may change. */
export interface FakeCatalog {
  readonly address: string;
  /** Requests so far. */
  readonly requests: string[];
  history: MapHistory;
  close(): Promise<void>;
}

export async function startFakeCatalog(history: MapHistory, pageSize = 2): Promise<FakeCatalog> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    const body = answer(catalog.history, request.url ?? '', pageSize);
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
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return catalog;
}

function answer({ scheme, revisions }: MapHistory, url: string, pageSize: number): unknown {
  const { pathname, searchParams } = new URL(url, 'http://catalog');
  const path = pathname.replace(`/api/v1/schemes/${scheme}/revisions`, '');
  if (path === '') return { items: revisions.map(({ inForce }) => inForce) };
  const number = Number(/^\/(\d+)\/changes$/.exec(path)?.[1]);
  const after = Number(searchParams.get('after') ?? 0);
  const left = revisions[number - 1]?.changes.filter(({ index }) => index > after);
  if (!left) return undefined;
  const items = left.slice(0, pageSize);
  return { items, next: left.length > pageSize ? items.at(-1)?.index : null };
}
