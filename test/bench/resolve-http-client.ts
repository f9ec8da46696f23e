import { request } from 'node:http';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { bigCodes } from './big-map.ts';

const [, , address = '', count = '0'] = process.argv;
const codes = bigCodes(350_000, 33);
const linesAtOnce = 2_000;

/** Lines of the first revision's codes, in an order that no cache likes. */
function* body(lines: number, header: string, line: (code: string, i: number) => string): Generator<string> {
  yield header;
  for (let i = 0; i < lines;) {
    let piece = '';
    for (const end = Math.min(lines, i + linesAtOnce); i < end; i++)
      piece += line(codes[(i * 7_919) % codes.length] ?? '', i);
    yield piece;
  }
}

async function measure(
  type: string,
  header: string,
  line: (code: string, i: number) => string,
): Promise<void> {
  const started = performance.now();
  const sent = request(`${address}/api/v1/schemes/bench/resolve?from=1`, {
    method: 'POST',
    headers: { 'content-type': type },
  });
  Readable.from(body(Number(count), header, line)).pipe(sent);
  const [response]: Readable[] = await once(sent, 'response');
  let [lines, bytes] = [0, 0];
  for await (const piece of response ?? []) {
    bytes += piece.length;
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) lines++;
  }
  const seconds = (performance.now() - started) / 1_000;
  console.log({
    type,
    lines,
    megabytes: Math.round(bytes / 1e6),
    linesPerSecond: Math.round(lines / seconds),
  });
}

await measure('application/x-ndjson', '', (code, i) => `{"id":${i},"code":"${code}"}\n`);
await measure('text/csv', 'id;code;note\n', (code, i) => `${i};${code};pratica ${i}\n`);
