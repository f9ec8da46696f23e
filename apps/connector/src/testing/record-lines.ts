import type { SomeMap } from './any-history.ts';
import type { SimulatedTarget } from './simulated-target.ts';

/** What a target shows of a map, one line an entry; equal to `wantedLines` when it holds that map. */
export function heldLines(target: SimulatedTarget): string[] {
  const keyOf = (id: string | null): string => (id === null ? '-' : (target.records.get(id)?.key ?? '?'));
  return target
    .active()
    .map(
      ({ key, content: { code, title, parent } }) =>
        `${conceptOf(key)} ${code} ${title} below ${conceptOf(keyOf(parent))}`,
    )
    .sort();
}

export const wantedLines = (map: SomeMap): string[] =>
  [...map.values()]
    .map(
      ({ conceptId, code, titles, parentId }) =>
        `${conceptId} ${code} ${titles['it']?.official} below ${parentId ?? '-'}`,
    )
    .sort();

/** A key without its generation. */
const conceptOf = (key: string): string => key.split(':')[0] ?? key;
