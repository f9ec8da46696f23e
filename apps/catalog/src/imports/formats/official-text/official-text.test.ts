import { merkle } from '#taxonomy';
import { expect, test } from 'vitest';
import { seedFolder } from '../../../testing/seed.ts';
import { entriesOfRows } from '../../entries-of-rows.ts';
import { readFileRows } from '../../testing/read-file-rows.ts';
import { officialTextFormat } from './official-text-format.ts';

test('the official document as a file gives the map with its known hash', async () => {
  const { scheme, edition, corrections, document } = await seedFolder();
  const { rows } = await readFileRows(officialTextFormat.open(edition, { corrections }), [document]);
  const { entries, findings } = entriesOfRows(scheme.id, edition, rows);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(merkle(scheme.id, entries.values()).root).toBe(
    '8e08f8336191e92289426804618d3133205f6b458e7f52fbade2b3487edf9d53',
  );
});
