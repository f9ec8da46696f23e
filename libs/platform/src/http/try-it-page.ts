import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { FastifyInstance } from 'fastify';

const assets = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};

/** Swagger UI from the package's own files: nothing is loaded from elsewhere, as its content policy says too. */
export function serveTryItPage(
  fastify: FastifyInstance,
  path: string,
  { title, documentPath }: { readonly title: string; readonly documentPath: string },
): void {
  const resolve = createRequire(import.meta.url).resolve;
  fastify.get(path, (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header(
        'content-security-policy',
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'",
      )
      .send(page(path, title)),
  );
  fastify.get(`${path}/start.js`, (_request, reply) =>
    reply
      .type('text/javascript; charset=utf-8')
      .send(`SwaggerUIBundle(${JSON.stringify({ url: documentPath, dom_id: '#page', deepLinking: true })});`),
  );
  for (const [file, type] of Object.entries(assets)) {
    fastify.get(`${path}/${file}`, async (_request, reply) =>
      reply
        .type(type)
        .header('cache-control', 'public, max-age=3600')
        .send(await readFile(resolve(`swagger-ui-dist/${file}`))),
    );
  }
}

function page(path: string, title: string): string {
  const text = title.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text}</title>
<link rel="icon" href="${path}/favicon-32x32.png">
<link rel="stylesheet" href="${path}/swagger-ui.css">
<div id="page"></div>
<script src="${path}/swagger-ui-bundle.js"></script>
<script src="${path}/start.js"></script>
</html>
`;
}
