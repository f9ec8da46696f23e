import type { ProblemDetail } from '#platform';
import { say, verbatim, type Sentence } from '#words';
import { isFields } from './read-partly.ts';

const place = /^(\w+)\[(\d+)\](?:\.(.+))?$/;

/** Adds the id of the item at which something is wrong: nobody counts to the 97th target. */
export function withIds(problems: readonly ProblemDetail[], file: unknown): ProblemDetail[] {
  return problems.map((problem) => {
    const [, list = '', at] = place.exec(problem.path ?? '') ?? [];
    const items = isFields(file) ? file[list] : undefined;
    const item: unknown = Array.isArray(items) ? items[Number(at)] : undefined;
    const id = isFields(item) ? item['id'] : undefined;
    return typeof id === 'string' ? { ...problem, id } : problem;
  });
}

/** Where it is, for people, who count from 1; null: nowhere in particular. */
export function placeInWords({
  path,
  id,
}: {
  readonly path?: string | undefined;
  readonly id?: string | undefined;
}): Sentence | null {
  if (path === undefined) return null;
  const [, list = '', at = '', field] = place.exec(path) ?? [];
  if (list === '') return verbatim(path);
  const item =
    id === undefined ? say`${list}, no. ${Number(at) + 1}` : say`${list} "${id}" (no. ${Number(at) + 1})`;
  return field === undefined ? item : say`${item}: ${field}`;
}
