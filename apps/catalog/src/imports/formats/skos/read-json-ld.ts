import { JsonLdParser } from 'jsonld-streaming-parser';
import type { Edition } from '#contracts';
import type { Finding } from '#taxonomy';
import type { FileReader } from '../../imported-row.ts';
import { decodeUtf8, NotUtf8 } from '../decode-utf8.ts';
import { JsonBounds } from '../json/json-bounds.ts';
import { Gathering } from './gather.ts';
import { rowsOfConcepts } from './rows-of-concepts.ts';
import type { SkosOptions } from './skos-options.ts';
import { tooLarge } from './too-large.ts';
import type { Triple } from './triple.ts';

/** SKOS in JSON-LD 1.1, read as a stream. Its context must be inside: nothing is ever fetched. */
export function readJsonLd(edition: Edition, options: SkosOptions): FileReader {
  return async function* (bytes) {
    const gathering = new Gathering();
    const refusal = await parse(bytes, gathering);
    if (refusal) yield { finding: refusal };
    else yield* rowsOfConcepts(edition, options, gathering);
  };
}

async function parse(bytes: AsyncIterable<Uint8Array>, gathering: Gathering): Promise<Finding | null> {
  let refusal: Finding | null = null;
  const load = (url: string): Promise<never> => {
    refusal = remoteContext(url);
    return Promise.reject(new Error('nothing is fetched'));
  };
  const parser = new JsonLdParser({ documentLoader: { load } });
  const bounds = new JsonBounds();
  const ended = Promise.withResolvers<Finding | null>();
  parser.on('data', (triple: Triple) => gathering.add(triple));
  parser.on('end', () => ended.resolve(null));
  parser.on('error', (error: Error) => ended.resolve(refusal ?? unreadable(error, bounds.line)));
  try {
    for await (const text of decodeUtf8(bytes)) {
      const problem = bounds.look(text);
      if (problem) return problem;
      if (gathering.isTooLarge) return tooLarge;
      if (await write(parser, text)) break;
    }
  } catch (error) {
    if (error instanceof NotUtf8) return error.finding;
    throw error;
  }
  parser.end();
  return ended.promise;
}

/** Writes and waits until it is parsed; true after an error, which the parser also emits. */
function write(parser: JsonLdParser, text: string): Promise<boolean> {
  return new Promise((resolve) => {
    parser.write(text, (error) => resolve(Boolean(error)));
  });
}

function remoteContext(url: string): Finding {
  const message = `The file needs the context ${url}, and nothing is fetched; put the context into the file.`;
  return { rule: 'context-remote', severity: 'error', message };
}

function unreadable({ message }: Error, line: number): Finding {
  const text = `The file is not JSON-LD: ${message} (at or before line ${line})`;
  return { rule: 'json-ld-form', severity: 'error', message: text, line };
}
