import { say } from '#words';
import type { Entries, Entry } from '../entry.ts';
import type { Finding } from '../finding.ts';
import { pieceSize, type Steps } from '../steps.ts';
import { found, nameOf } from './found.ts';
import { skeletonOf } from './skeleton.ts';

/** Codes that stand more than once, or that only a machine can tell apart. */
export function* duplicateCodes(entries: Entries): Steps<Finding[]> {
  const first = new Map<string, Entry>();
  const alike = new Map<string, Entry[]>();
  let read = 0;
  for (const entry of entries.values()) {
    if (++read % pieceSize === 0) yield;
    if (entry.code === null) continue;
    const skeleton = skeletonOf(entry.code);
    const twin = first.get(skeleton);
    const group = alike.get(skeleton);
    if (group) group.push(entry);
    else if (twin) alike.set(skeleton, [twin, entry]);
    else first.set(skeleton, entry);
  }
  return [...alike.values()].flatMap((group) => [...sameCode(group), ...sameLook(group)]);
}

function sameCode(group: readonly Entry[]): Finding[] {
  const byCode = Map.groupBy(group, ({ code }) => code);
  return [...byCode.values()].flatMap((holders) => {
    const [entry] = holders;
    if (!entry || holders.length < 2) return [];
    return [found('code-duplicate', entry, say`${nameOf(entry)} stands ${holders.length} times in the map.`)];
  });
}

function sameLook(group: readonly Entry[]): Finding[] {
  const [first, ...others] = group;
  return others.flatMap((entry) =>
    first && entry.code !== first.code ? [looksLike(entry, nameOf(first))] : [],
  );
}

export function looksLike(entry: Entry, other: string): Finding {
  return found('code-look-alike', entry, say`${nameOf(entry)} reads like another code, ${other}.`);
}
