import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createLogger } from '../logging.ts';
import { appModule } from './app.fixture.ts';
import { createHttpApp, type HttpApp } from './create-http-app.ts';
import { serveOpenApi } from './open-api.ts';

let app: HttpApp;
let address: string;

beforeAll(async () => {
  const logger = createLogger('test', 'silent');
  app = await createHttpApp(appModule({ issuer: 'http://127.0.0.1:1' }), {
    name: 'test',
    host: '127.0.0.1',
    port: 0,
    logger,
  });
  serveOpenApi(app.nest, { title: 'Mappa', description: 'The map', version: '1.0.0' });
  address = await app.start();
});
afterAll(() => app.stop());

const operation = z.looseObject({ parameters: z.array(z.unknown()), responses: z.unknown() });
const documentSchema = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), operation)) });

async function readDocument(): Promise<z.infer<typeof documentSchema>> {
  return documentSchema.parse(await (await fetch(`${address}/api/v1/openapi.json`)).json());
}

test('the document is OpenAPI 3.1 with the schemas of queries, paths and bodies', async () => {
  const document = await readDocument();
  expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'Mappa', version: '1.0.0' } });
  expect(Object.keys(document.paths).sort()).toEqual([
    '/api/v1/document',
    '/api/v1/endless',
    '/api/v1/entries',
    '/api/v1/entries/{code}',
    '/api/v1/forgotten',
  ]);
  const { get, post } = document.paths['/api/v1/entries'] ?? {};
  expect(get?.parameters).toMatchObject([
    { name: 'limit', in: 'query', required: false, schema: { type: 'integer', maximum: 100 } },
    { name: 'words', in: 'query', required: false, schema: { type: 'string' } },
  ]);
  expect(post).toHaveProperty(['requestBody', 'content', 'application/json', 'schema'], {
    type: 'object',
    required: ['title', 'changes'],
    properties: {
      title: { type: 'string', minLength: 1 },
      changes: {
        type: 'array',
        items: { type: 'object', required: ['code'], properties: { code: { type: 'string' } } },
      },
    },
  });
  expect(document.paths['/api/v1/entries/{code}']?.['get']?.parameters).toMatchObject([
    { name: 'code', in: 'path', required: true, schema: { type: 'string', pattern: '^[A-Z]\\d' } },
  ]);
});

test('writes say that they need a token, and every operation how it fails', async () => {
  const document = await readDocument();
  const { post } = document.paths['/api/v1/entries'] ?? {};
  expect(post).toMatchObject({ security: [{ bearer: [] }] });
  expect(post).toHaveProperty(['responses', 'default', 'content', 'application/problem+json']);
});

test('the page to try it is complete without another server', async () => {
  const page = await (await fetch(`${address}/api`)).text();
  const files = [...page.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, file]) => file);
  expect(files).toHaveLength(4);
  for (const file of files) {
    expect(file).toMatch(/^\/api\//);
    const response = await fetch(`${address}${file}`);
    expect(response.status).toBe(200);
    await response.arrayBuffer();
  }
});
