import type { OpenAPIObject } from '@nestjs/swagger';

/** RFC 9457, as ProblemFilter writes it. */
const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status'],
  properties: {
    type: { type: 'string', format: 'uri-reference', examples: ['/problems/invalid-request'] },
    title: { type: 'string' },
    status: { type: 'integer', format: 'int32', minimum: 400, maximum: 599 },
    detail: { type: 'string' },
    instance: { type: 'string', format: 'uri-reference' },
    problems: {
      type: 'array',
      items: {
        type: 'object',
        required: ['message'],
        properties: {
          message: { type: 'string' },
          rule: { type: 'string' },
          path: { type: 'string', examples: ['changes[3].code'] },
          line: { type: 'integer', format: 'int32' },
          column: { type: 'integer', format: 'int32' },
          code: { type: 'string', examples: ['A1.1.1.4'] },
        },
      },
    },
  },
};

const problemAnswer = {
  description: 'What went wrong, in plain words',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

const methods = ['get', 'head', 'put', 'post', 'patch', 'delete'] as const;

/** The document with the form of its errors: each operation has a default answer. */
export function describeProblems(document: OpenAPIObject): OpenAPIObject {
  for (const path of Object.values(document.paths)) {
    for (const method of methods) {
      const operation = path[method];
      if (operation) operation.responses = { ...operation.responses, default: problemAnswer };
    }
  }
  const schemas = { ...document.components?.schemas, Problem: problemSchema };
  return { ...document, components: { ...document.components, schemas } };
}
