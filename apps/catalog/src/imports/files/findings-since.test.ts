import { conceptIdFrom, codeFrom, usualTitleLengths, validate, type Entry } from '#taxonomy';
import { expect, test } from 'vitest';
import { seedFolder } from '../../testing/seed.ts';
import { findingsSince } from './findings-since.ts';

const { edition } = await seedFolder();
const long = (length: number) => ({ it: { official: 'T'.repeat(length) } });
const entry = (
  n: number,
  code: string,
  titles: Entry['titles'] = { it: { official: `Titolo ${n}` } },
): Entry => ({
  conceptId: conceptIdFrom(`00000000-0000-4000-8000-00000000000${n}`),
  code: codeFrom(code),
  parentId: null,
  rank: n,
  titles,
  notes: {},
  attributes: {},
});
const map = (...entries: Entry[]) => new Map(entries.map((each) => [each.conceptId, each]));

function told(base: ReturnType<typeof map>, next: ReturnType<typeof map>): string[] {
  const findings = validate(edition, next, { titleLengths: usualTitleLengths }).filter(
    ({ severity }) => severity !== 'error',
  );
  const steps = findingsSince(findings, { schemeId: 's', edition, rows: [], base });
  for (let step = steps.next(); ; step = steps.next())
    if (step.done) return step.value.map(({ rule }) => rule);
}

test('a long title of the base is not told again under another code of its entry', () => {
  const base = map(entry(1, 'A1', long(120)), entry(2, 'A2'));
  expect(told(base, map(entry(1, 'A3', long(120)), entry(2, 'A2')))).not.toContain('title-too-long');
});

test('what the map has already is counted where there are only notes, too', () => {
  const base = map(entry(1, 'A1', long(120)));
  expect(told(base, base)).toEqual(['warnings-known']);
});

test('a title that got longer is told, and so is a gap before the new code', () => {
  const base = map(entry(1, 'A1', long(120)), entry(2, 'A3'));
  expect(told(base, map(entry(1, 'A1', long(121)), entry(2, 'A5')))).toEqual(
    expect.arrayContaining(['title-too-long', 'numbering-gap']),
  );
});
