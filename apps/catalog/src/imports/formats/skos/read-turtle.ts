import { EventEmitter } from 'node:events';
import { Parser, type Token } from 'n3';
import type { Edition } from '#contracts';
import type { Finding } from '#taxonomy';
import { say } from '#words';
import type { FileReader } from '../../imported-row.ts';
import { decodeUtf8, NotUtf8 } from '../decode-utf8.ts';
import { Gathering } from './gather.ts';
import { rowsOfConcepts } from './rows-of-concepts.ts';
import type { SkosOptions } from './skos-options.ts';
import { tooLarge } from './too-large.ts';

/** No token of Turtle is longer; without a bound one lost quotation mark would be kept to the end of the file. */
const longestToken = 1_000_000;

/** SKOS in Turtle: the text is read as a stream, and only what is said of concepts is kept. */
export function readTurtle(edition: Edition, options: SkosOptions): FileReader {
  return async function* (bytes) {
    const gathering = new Gathering();
    const refusal = await parse(bytes, gathering);
    if (refusal) yield { finding: refusal };
    else yield* rowsOfConcepts(edition, options, gathering);
  };
}

async function parse(bytes: AsyncIterable<Uint8Array>, gathering: Gathering): Promise<Finding | null> {
  const source = new EventEmitter();
  let refusal: Finding | null = null;
  let line = 1;
  let unread = 0;
  const callbacks = {
    onToken: (token: Token): void => {
      line = token.line;
      unread = 0;
    },
    onQuad: (error: unknown, quad: Parameters<Gathering['add']>[0] | null): void => {
      if (error) refusal ??= unreadable(error);
      else if (quad) gathering.add(quad, line);
    },
  };
  new Parser({ format: 'text/turtle' }).parse(source, callbacks);
  try {
    for await (const text of decodeUtf8(bytes)) {
      unread += text.length;
      source.emit('data', text);
      if (refusal) return refusal;
      if (unread > longestToken) return endless(line);
      if (gathering.isTooLarge) return tooLarge;
    }
    source.emit('end');
    return refusal;
  } catch (error) {
    if (error instanceof NotUtf8) return error.finding;
    throw error;
  }
}

/** The parser names the line in its message. */
function unreadable(error: unknown): Finding {
  const message = error instanceof Error ? error.message : String(error);
  const prefix = /^Undefined prefix "(.*)" on line/.exec(message)?.[1];
  const line = Number(/ on line (\d+)\.$/.exec(message)?.[1] ?? Number.NaN);
  return {
    rule: 'turtle-form',
    severity: 'error',
    message: prefix
      ? say`The file is not Turtle: the prefix ${prefix} is used and not declared.`
      : say`The file is not Turtle, in the words of its reader: "${message}"`,
    ...(Number.isNaN(line) ? {} : { line }),
  };
}

function endless(line: number): Finding {
  const message = say`Something that begins after line ${line} has no end within ${longestToken} characters; is a quotation mark lost?`;
  return { rule: 'turtle-form', severity: 'error', message, line };
}
