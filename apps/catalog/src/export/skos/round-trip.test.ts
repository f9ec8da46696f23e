import { merkle, type Entry } from '#taxonomy';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { importOfficialText } from '../../imports/official-text.ts';
import { readJson } from '../../imports/formats/json/read-json.ts';
import { readJsonLd } from '../../imports/formats/skos/read-json-ld.ts';
import { readTurtle } from '../../imports/formats/skos/read-turtle.ts';
import { nastyMap } from '../../testing/nasty-map.ts';
import { entriesOf, readRows } from '../../testing/read-rows.ts';
import { seedFolder } from '../../testing/seed.ts';
import { permanentUris } from '../../addresses/permanent-uris.ts';
import { writeSkos, type SkosFormat } from './skos-writer.ts';

const scheme = 'processi-camerali';
const { edition, corrections, document } = await seedFolder();

async function write(format: SkosFormat, entries: readonly Entry[]): Promise<string> {
  const revision = {
    schemeId: scheme,
    number: 1,
    edition,
    effectiveDate: '2023-01-01',
    contentHash: merkle(scheme, entries).root,
  };
  const uris = permanentUris('https://mappa.example.it/', scheme);
  async function* concepts() {
    for (const entry of entries) yield { entry, level: 1, history: [] };
  }
  async function* retired() {}
  let text = '';
  for await (const piece of writeSkos(format, uris, revision, { concepts: concepts(), retired: retired() }))
    text += piece;
  return text;
}

const formats = [
  ['Turtle', (entries: readonly Entry[]) => write('turtle', entries), readTurtle(edition, {})],
  ['JSON-LD', (entries: readonly Entry[]) => write('json-ld', entries), readJsonLd(edition, {})],
  ['JSON', (entries: readonly Entry[]) => Promise.resolve(JSON.stringify({ scheme, entries })), readJson()],
] as const;

describe.each(formats)('%s', (_, write, read) => {
  test('any map comes back from its export with the same content hash, wherever the text is cut', async () => {
    await fc.assert(
      fc.asyncProperty(nastyMap, fc.integer({ min: 9, max: 300 }), async (entries, pieceBytes) => {
        const { rows, findings } = await readRows(read, await write(entries), pieceBytes);
        expect(findings).toEqual([]);
        expect(merkle(scheme, entriesOf(rows)).root).toBe(merkle(scheme, entries).root);
      }),
      { numRuns: 150 },
    );
  }, 30_000);

  test('Rev. 2023 comes back with its constant hash', async () => {
    const seed = importOfficialText(scheme, edition, corrections, document).entries;
    const { rows, findings } = await readRows(read, await write([...seed.values()]));
    expect(findings).toEqual([]);
    expect(merkle(scheme, entriesOf(rows)).root).toMatch(/^8e08f8336191e922/);
  });
});
