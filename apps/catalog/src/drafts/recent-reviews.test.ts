import type { Finding } from '#taxonomy';
import { say } from '#words';
import { expect, test } from 'vitest';
import { RecentReviews, type ReviewSummary } from './recent-reviews.ts';

const summaryWith = (findings: number): ReviewSummary => ({
  findings: Array.from({ length: findings }, (): Finding => ({
    rule: 'numbering-gap',
    severity: 'warning',
    message: say`There is no such draft`,
  })),
  contentHash: null,
  changes: 1,
  besideHash: '0'.repeat(64),
});

/** Asks for reviews and counts how often one was computed. */
function counted(findings = 1) {
  const recent = new RecentReviews();
  let computed = 0;
  const ask = async (id: string, version: number, head: number | null) => {
    await recent.of({ id, version, head }, async () => Promise.resolve((computed++, summaryWith(findings))));
    return computed;
  };
  return ask;
}

test('a draft is reviewed once while neither it nor the revision in force changes', async () => {
  const ask = counted();
  expect(await ask('a', 1, null)).toBe(1);
  expect(await ask('a', 1, null)).toBe(1);
  expect(await ask('a', 2, null)).toBe(2);
  expect(await ask('a', 2, 1)).toBe(3);
  expect(await ask('a', 2, 1)).toBe(3);
});

test('few reviews are kept, and none with very many findings', async () => {
  const ask = counted();
  for (let i = 0; i < 21; i++) await ask(`draft ${i}`, 1, null);
  expect(await ask('draft 20', 1, null)).toBe(21);
  expect(await ask('draft 0', 1, null)).toBe(22);
  const many = counted(10_001);
  await many('a', 1, null);
  expect(await many('a', 1, null)).toBe(2);
});
