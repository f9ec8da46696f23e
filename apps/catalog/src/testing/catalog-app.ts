import { createHttpApp, createLogger } from '#platform';
import { expect } from 'vitest';
import { z } from 'zod';
import { IdentityProvider } from '../../../../test/support/identity-provider.ts';
import { AppModule } from '../app.module.ts';
import { catalogEnv } from '../config.ts';
import { catalogDatabase, type CatalogDatabase } from './catalog-database.ts';

/** The catalog's API on a database of its own, called by an editor who administers it, too. */
export interface CatalogApp {
  readonly catalog: CatalogDatabase;
  call(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  /** Sends bytes as they are. */
  put(
    path: string,
    body: string | ReadableStream<Uint8Array> | FormData,
  ): Promise<{ status: number; body: unknown }>;
  close(): Promise<void>;
}

export async function catalogApp(environment: Record<string, string> = {}): Promise<CatalogApp> {
  const [catalog, identityProvider] = await Promise.all([catalogDatabase(), IdentityProvider.start()]);
  const config = catalogEnv.parse({
    PORT: '0',
    DATABASE_URL: catalog.appUrl,
    KAFKA_BROKERS: '127.0.0.1:1',
    OIDC_ISSUER: identityProvider.issuer,
    ...environment,
  });
  const logger = createLogger('test', 'silent');
  const options = { name: 'catalog', host: '127.0.0.1', port: 0, logger, bodyLimitBytes: config.BODY_LIMIT };
  const app = await createHttpApp(AppModule.forRoot(config, logger), options);
  const address = await app.start();
  const authorization = `Bearer ${await identityProvider.token(['editor', 'administrator'])}`;
  return {
    catalog,
    call: async (method, path, body) =>
      answer(
        await fetch(`${address}/api/v1${path}`, {
          method,
          headers: { authorization, ...(body ? { 'content-type': 'application/json' } : {}) },
          ...(body ? { body: JSON.stringify(body) } : {}),
        }),
      ),
    put: async (path, body) =>
      answer(
        await fetch(`${address}/api/v1${path}`, {
          method: 'PUT',
          headers: { authorization, ...(body instanceof FormData ? {} : { 'content-type': 'text/csv' }) },
          body,
          duplex: 'half',
        }),
      ),
    close: async () => {
      await app.stop();
      await identityProvider.goAway();
      await catalog.close();
    },
  };
}

async function answer(response: Response): Promise<{ status: number; body: unknown }> {
  const body: unknown = await response.json();
  return { status: response.status, body };
}

/**
 * Sends a file as an import of a scheme.
 * @param asked what the import says of the file
 * @returns the import once the file is read
 */
export async function importFile(
  app: CatalogApp,
  scheme: string,
  asked: object,
  file: string | Blob,
): Promise<unknown> {
  const made = await app.call('POST', `/schemes/${scheme}/imports`, asked);
  const { id } = z.object({ id: z.string() }).parse(made.body);
  const { status } = await app.put(`/imports/${id}/file`, typeof file === 'string' ? file : file.stream());
  expect(status).toBe(202);
  return whenRead(app, id);
}

/** The import once nobody reads its file any more. */
export async function whenRead(app: CatalogApp, importId: string): Promise<unknown> {
  for (;;) {
    const { body } = await app.call('GET', `/imports/${importId}`);
    const { state } = z.object({ state: z.string() }).parse(body);
    if (state !== 'queued' && state !== 'reading') return body;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
