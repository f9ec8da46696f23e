import { say } from '#words';
import type { Entries, Entry } from '../entry.ts';
import type { Finding } from '../finding.ts';
import { pieceSize, type Steps } from '../steps.ts';
import { found, nameOf } from './found.ts';
import { isPlain, skeletonOf } from './skeleton.ts';
import { nameOfSign } from './text-fault.ts';

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
    const message = say`${nameOf(entry)} stands ${holders.length} times in the map.`;
    return [found('code-duplicate', entry, message, { field: 'code' })];
  });
}

function sameLook(group: readonly Entry[]): Finding[] {
  const [first, ...others] = group;
  return others.flatMap((entry) =>
    first && entry.code !== first.code ? [looksLike(entry, nameOf(first))] : [],
  );
}

/** Where the two cannot be told apart by looking, the sign that differs is named. */
export function looksLike(entry: Entry, other: string): Finding {
  const code = nameOf(entry);
  const odd = oddSignOf(code);
  const ofOther = odd ? null : oddSignOf(other);
  const message = odd
    ? say`${code} reads like another code, ${other}: sign ${odd.place} of the first is ${odd.name}.`
    : ofOther
      ? say`${code} reads like another code, ${other}: sign ${ofOther.place} of the second is ${ofOther.name}.`
      : say`${code} reads like another code, ${other}.`;
  return found('code-look-alike', entry, message, { field: 'code' });
}

/** The first sign of a code that is none of plain ASCII, from 1; null when there is none. */
function oddSignOf(code: string): { readonly place: number; readonly name: string } | null {
  if (isPlain(code)) return null;
  const signs = Array.from(code);
  const at = signs.findIndex((sign) => !isPlain(sign));
  return at < 0 ? null : { place: at + 1, name: nameOfSign(signs[at] ?? '') };
}
