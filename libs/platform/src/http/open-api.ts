import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { z } from 'zod';
import { describeProblems } from './open-api-problems.ts';
import { serveTryItPage } from './try-it-page.ts';

export interface OpenApiInfo {
  readonly title: string;
  readonly description: string;
  readonly version: string;
  readonly license?: { readonly name: string; readonly url: string };
  readonly contact?: { readonly name: string; readonly url: string; readonly email: string };
  readonly tags?: readonly { readonly name: string; readonly description: string }[];
  readonly servers?: readonly { readonly url: string; readonly description: string }[];
}

const documentPath = '/api/v1/openapi.json';

/**
 * GET /api/v1/openapi.json: OpenAPI 3.1, made from controllers and their zod schemas. GET /api: a page to try it.
 * Call it before the app listens.
 */
export function serveOpenApi(nest: NestFastifyApplication, info: OpenApiInfo): void {
  let text: string | undefined;
  const fastify = nest.getHttpAdapter().getInstance();
  fastify.get(documentPath, (_request, reply) => {
    text ??= JSON.stringify(openApiDocument(nest, info));
    return reply.type('application/json; charset=utf-8').send(text);
  });
  serveTryItPage(fastify, '/api', { title: info.title, documentPath });
}

/** The document, as an object. */
export function openApiDocument(nest: NestFastifyApplication, info: OpenApiInfo): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(info.title)
    .setDescription(info.description)
    .setVersion(info.version)
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' });
  if (info.license) builder.setLicense(info.license.name, info.license.url);
  if (info.contact) builder.setContact(info.contact.name, info.contact.url, info.contact.email);
  for (const { url, description } of info.servers ?? []) builder.addServer(url, description);
  for (const { name, description } of info.tags ?? []) builder.addTag(name, description);
  const document = SwaggerModule.createDocument(nest, builder.build(), {
    operationIdFactory: (_controller, method) => method,
    standardSchemaConverter: (schema) => (schema instanceof z.ZodType ? toJsonSchema(schema) : undefined),
  });
  return describeProblems(document);
}

/**
 * JSON Schema 2020-12, which is OpenAPI 3.1's own; schemas with `.meta({ id })` become components. Always the form on
 * the wire (zod's input): what a parser makes of it, such as a branded id, is nobody else's business.
 */
function toJsonSchema(schema: z.ZodType): { schema: object; components: Record<string, object> } {
  const {
    $schema: _,
    $defs = {},
    ...own
  } = z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12', unrepresentable: 'any' });
  return { schema: own, components: $defs };
}
