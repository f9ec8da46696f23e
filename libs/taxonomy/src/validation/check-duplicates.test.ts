import { expect, test } from 'vitest';
import { codeFrom, conceptIdFrom, type ConceptId, type Entry } from '../entry.ts';
import { finish } from '../steps.ts';
import { duplicateCodes } from './check-duplicates.ts';

/** Codes of 17 letters that differ in letter case alone. */
function alike(count: number): Map<ConceptId, Entry> {
  const entries = new Map<ConceptId, Entry>();
  for (let i = 0; i < count; i++) {
    const letters = Array.from({ length: 17 }, (_, bit) => ((i >> bit) & 1 ? 'A' : 'a'));
    const conceptId = conceptIdFrom(String(i));
    const code = codeFrom(letters.join(''));
    entries.set(conceptId, {
      conceptId,
      code,
      parentId: null,
      rank: i,
      titles: {},
      notes: {},
      attributes: {},
    });
  }
  return entries;
}

test('a hundred thousand codes that look alike cost no more each than a few', () => {
  const findings = finish(duplicateCodes(alike(100_000)));
  expect(findings.length).toBe(99_999);
  expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set(['code-look-alike']));
});
