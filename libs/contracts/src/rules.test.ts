import { readdirSync, readFileSync } from 'node:fs';
import { rules } from '#taxonomy';
import { expect, test } from 'vitest';

test('every validation rule has its page, and every page its rule', () => {
  const folder = new URL('../../../docs/rules/', import.meta.url);
  expect(readdirSync(folder).sort()).toEqual(
    Object.keys(rules)
      .map((rule) => `${rule}.md`)
      .sort(),
  );
  for (const [rule, { severity, it, en }] of Object.entries(rules)) {
    const page = readFileSync(new URL(`${rule}.md`, folder), 'utf8');
    for (const said of [`# ${rule}`, severity, it, en, '**Why.**', '**Example.**', '**How to mend it.**'])
      expect(page).toContain(said);
  }
});
