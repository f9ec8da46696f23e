import type { z } from 'zod';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Items of a list, each with what can be read of it, so that the rest of the file is checked although its form is wrong.
 * @param standIn what takes the place of fields that cannot be read, of the item at a place; it must fit the schema
 */
export function readPartly<S extends z.ZodObject>(
  list: unknown,
  schema: S,
  standIn: (place: number) => Fields,
): z.output<S>[] {
  if (!Array.isArray(list)) return [];
  return list.map((item: unknown, place) => {
    const said: Fields = isFields(item) ? item : {};
    const wrong = new Set(schema.safeParse(said).error?.issues.flatMap(wrongFields));
    const readable = Object.entries(said).filter(([field]) => !wrong.has(field));
    return schema.parse({ ...standIn(place), ...Object.fromEntries(readable) });
  });
}

const wrongFields = (issue: z.core.$ZodIssue): string[] =>
  issue.code === 'unrecognized_keys' && issue.path.length === 0
    ? issue.keys
    : issue.path.slice(0, 1).map(String);

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
