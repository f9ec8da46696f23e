import { z } from 'zod';

/** The keys that a schema of objects knows, in all of its forms; null when it takes any, or is no schema of objects. */
export function keysOf(schema: unknown): string[] | null {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodPipe) return keysOf(schema.in);
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) return keysOf(schema.unwrap());
  if (schema instanceof z.ZodIntersection) return together([schema.def.left, schema.def.right]);
  if (schema instanceof z.ZodUnion) return together(schema.options);
  return null;
}

function together(schemas: readonly unknown[]): string[] | null {
  const all = schemas.map(keysOf);
  return all.includes(null) ? null : [...new Set(all.flatMap((keys) => keys ?? []))];
}
