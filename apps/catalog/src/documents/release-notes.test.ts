import { editionSchema } from '#contracts';
import { codeFrom, conceptIdFrom, diff, type ConceptId, type Entry } from '#taxonomy';
import { expect, test } from 'vitest';
import type { Comparison } from './load-comparison.ts';
import { notesMarkdown } from './notes-markdown.ts';
import { releaseNotes } from './release-notes.ts';

const edition = editionSchema.parse({
  label: 'E',
  titles: { en: 'Map' },
  effectiveDate: '2026-01-01',
  source: { file: 'e.csv', format: 'csv', language: 'en' },
  separator: '.',
  levels: [1, 2].map((depth) => ({
    depth,
    names: { en: `level ${depth}` },
    pattern: `[A-Z](\\.\\d+){${depth - 1}}`,
  })),
});

const id = (n: number): ConceptId => conceptIdFrom(`00000000-0000-4000-8000-00000000000${n}`);
const entry = (n: number, code: string, parent: number | null = null): Entry => ({
  conceptId: id(n),
  code: codeFrom(code),
  parentId: parent === null ? null : id(parent),
  rank: n,
  titles: { en: { official: `Title ${n}` } },
  notes: {},
  attributes: {},
});
const map = (...entries: Entry[]) => new Map(entries.map((each) => [each.conceptId, each]));
const revision = (number: number): Comparison['from'] => ({
  schemeId: 's',
  number,
  edition,
  revision: {
    schemeId: 's',
    number,
    editionId: 'e',
    inForceFrom: '2026-01-01',
    contentHash: Buffer.alloc(32, number),
    changes: 0,
    plan: null,
    publishedBy: 'p',
    publishedAt: new Date(0),
  },
});

function compared(
  before: ReadonlyMap<ConceptId, Entry>,
  after: ReadonlyMap<ConceptId, Entry>,
  links: Comparison['successions']['links'],
): Comparison {
  const successions = { links, partlyEnded: new Set<ConceptId>() };
  const changes = diff(before, after, { grammar: edition, successions });
  const nothing = { formerly: new Map(), backAt: null, reasons: new Map() };
  return { from: revision(1), to: revision(2), before, after, successions, changes, ...nothing };
}

test('what follows an entry that is renumbered and takes the place of another is told below it, as it is counted', () => {
  const before = map(entry(1, 'A'), entry(2, 'B'), entry(3, 'A.1', 1), entry(4, 'A.2', 1));
  const after = map(entry(1, 'C'), entry(3, 'C.1', 1), entry(4, 'C.2', 1));
  const notes = releaseNotes(compared(before, after, [{ predecessor: id(2), successor: id(1) }]), 'en');
  expect(notes.counts.map(([number]) => number)).toEqual([1, 2]);
  expect(notesMarkdown(notes)).toContain('**A.2** → **C.2** Title 4');
});
