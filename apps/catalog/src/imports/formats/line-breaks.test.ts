import { expect, test } from 'vitest';
import { seedFolder } from '../../testing/seed.ts';
import { readFileRows } from '../testing/read-file-rows.ts';
import { findFormat } from './index.ts';

const { edition } = await seedFolder();
const note = 'Prima riga\r\nseconda';
const turtle = `@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://x/1> a skos:Concept ; skos:notation "A1" ; skos:prefLabel "Uno"@it ;
  skos:scopeNote ${JSON.stringify(note)}@it .`;
const entry = { code: 'A1', titles: { it: { official: 'Uno' } }, notes: { it: { guidance: note } } };

test.each([
  ['csv', `codice,titolo,indicazioni\r\nA1,Uno,"${note}"\r\n`],
  ['json', JSON.stringify([entry])],
  ['skos-turtle', turtle],
])('a note of several lines comes from %s with line feeds alone', async (format, text) => {
  const read = await readFileRows(findFormat(format)?.open(edition, {}), [Buffer.from(text)]);
  expect(read.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(read.rows[0]?.notes).toEqual({ it: { guidance: 'Prima riga\nseconda' } });
});
