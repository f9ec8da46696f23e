import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { codeFrom, conceptIdOf, type Entry } from '#taxonomy';
import { permanentUris } from '../../apps/catalog/src/addresses/permanent-uris.ts';
import { writeSkos, type SkosFormat } from '../../apps/catalog/src/export/skos/skos-writer.ts';
import { readJson } from '../../apps/catalog/src/imports/formats/json/read-json.ts';
import { readJsonLd } from '../../apps/catalog/src/imports/formats/skos/read-json-ld.ts';
import { readTurtle } from '../../apps/catalog/src/imports/formats/skos/read-turtle.ts';
import type { FileReader } from '../../apps/catalog/src/imports/imported-row.ts';
import { readEditionFolder } from '../../apps/catalog/src/bootstrap/read-edition-folder.ts';

/** `node --conditions=source test/bench/skos.ts [350000]`: writes and reads files of linked data, in seconds and MB. */
const count = Number(process.argv[2] ?? 350_000);
const { edition } = await readEditionFolder('data/processi-camerali', 'rev-2023');

const idOf = (n: number) => conceptIdOf('bench', 'bench', String(n));

function* entries(): Iterable<Entry> {
  for (let n = 0; n < count; n++) {
    const parentId = n < 10 ? null : idOf(Math.floor(n / 10) - 1);
    const titles = { it: { official: `Attività numero ${n} della mappa, con un titolo di media lunghezza` } };
    yield {
      conceptId: idOf(n),
      code: codeFrom(`A${n}`),
      parentId,
      rank: n,
      titles,
      notes: {},
      attributes: {},
    };
  }
}

async function* concepts() {
  for (const entry of entries()) yield { entry, level: 1, history: [] };
}
async function* nobody() {}
const seconds = (from: number, to: number) => ((to - from) / 1_000).toFixed(1);

async function* text(format: SkosFormat | 'json'): AsyncIterable<string> {
  if (format === 'json') {
    yield '{"entries":[';
    let separator = '';
    for (const entry of entries()) {
      yield separator + JSON.stringify(entry);
      separator = ',\n';
    }
    yield ']}';
    return;
  }
  const revision = {
    schemeId: 'bench',
    number: 1,
    edition,
    effectiveDate: '2026-01-01',
    contentHash: '0'.repeat(64),
  };
  yield* writeSkos(format, permanentUris('https://mappa.example.it', 'bench'), revision, {
    concepts: concepts(),
    retired: nobody(),
  });
}

const cases: readonly (readonly [SkosFormat | 'json', FileReader])[] = [
  ['turtle', readTurtle(edition, {})],
  ['json-ld', readJsonLd(edition, {})],
  ['json', readJson()],
];
for (const [format, read] of cases) {
  const file = join(tmpdir(), `mappa-bench-${process.pid}.${format}`);
  const written = performance.now();
  await pipeline(Readable.from(text(format)), createWriteStream(file));
  const started = performance.now();
  let rows = 0;
  let peak = 0;
  for await (const item of read(createReadStream(file))) {
    if ('finding' in item) throw new Error(item.finding.message.english);
    if ('origin' in item) continue;
    if (++rows % 10_000 === 1) peak = Math.max(peak, process.memoryUsage().rss);
  }
  console.log(
    `${format}: ${rows} entries, written in ${seconds(written, started)} s, read in ${seconds(started, performance.now())} s, ${Math.round(peak / 1e6)} MB resident`,
  );
  await rm(file);
}
