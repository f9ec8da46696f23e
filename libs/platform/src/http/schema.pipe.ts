import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { SchemaIssues } from '../problem/problem-of.ts';

type Schema = NonNullable<ArgumentMetadata['schema']>;
type Result = Awaited<ReturnType<Schema['~standard']['validate']>>;

/**
 * Validates what a handler gets by the schema that stands beside it (`@Body({ schema })`). Nest's own pipe also walks
 * every value for keys such as `__proto__`, which Fastify's parser refuses already and a schema never lets through.
 * No body is an empty one: the schema says which fields it lacks, if any.
 */
@Injectable()
export class SchemaPipe implements PipeTransform {
  transform(value: unknown, { schema, type }: ArgumentMetadata): unknown {
    if (!schema) return value;
    const result = schema['~standard'].validate(type === 'body' && value === undefined ? {} : value);
    return result instanceof Promise ? result.then(accepted) : accepted(result);
  }
}

function accepted(result: Result): unknown {
  if (result.issues) throw new SchemaIssues(result.issues);
  return result.value;
}
