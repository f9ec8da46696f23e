import { AsyncLocalStorage } from 'node:async_hooks';
import { credentialsOf } from './credentials.ts';
import type { Exchange, HttpRequest } from './exchange.ts';
import { isNamedIn, leftOut, partAbout } from './part-about.ts';
import { cutMark, onOneLine } from './words.ts';

/** A request as it went over the wire and what came of it, for people: without headers and without secrets. */
export interface SeenExchange {
  /** Method, path and query; below them the body. */
  readonly request: string;
  /** null: nothing was answered. */
  readonly status: number | null;
  /** Body of the answer, or why there is none. */
  readonly answer: string;
}

const mostExchanges = 256;
const mostBytes = 4_096;
/** A record is looked for in so much, and secrets, so that none is cut in two by the end of what is kept. */
const mostBytesRead = 64 * mostBytes;
const shortestSecret = 4;

/** An exchange in full, put into words when somebody asks. */
interface Exchanged {
  readonly line: string;
  readonly body: string | null;
  readonly status: number | null;
  readonly answer: string;
}

const exchanges = new AsyncLocalStorage<(() => Exchanged)[]>();

export interface Witnessed<T> {
  readonly result: T;
  /** All exchanges; the last of them, where they are very many. */
  readonly seen: () => readonly SeenExchange[];
  /**
   * The last exchange whose request has the first of some names of a record, else the next name, else the last of all; where
   * it is too long, what is about the record is cut out. null: there was none.
   */
  readonly about: (names: readonly string[]) => SeenExchange | null;
}

/** Does some work, and tells which requests its drivers sent meanwhile. As a rule all goes well, and nobody asks. */
export async function witnessed<T>(work: () => Promise<T>): Promise<Witnessed<T>> {
  const exchanged: (() => Exchanged)[] = [];
  const result = await exchanges.run(exchanged, work);
  return {
    result,
    seen: () => exchanged.map((inWords) => toSeen(inWords())),
    about: (names) => {
      for (const name of names) {
        const found = exchanged.findLast((inWords) => isNamedIn(requestOf(inWords()), name));
        if (found) return toSeen(onlyAbout(found(), names));
      }
      const last = exchanged.at(-1);
      return last ? toSeen(last()) : null;
    },
  };
}

const requestOf = ({ line, body }: Pick<Exchanged, 'line' | 'body'>): string =>
  body === null ? line : `${line}\n\n${body}`;

const toSeen = (exchanged: Exchanged): SeenExchange => ({
  request: cut(requestOf(exchanged)),
  status: exchanged.status,
  answer: cut(exchanged.answer),
});

function onlyAbout(exchanged: Exchanged, names: readonly string[]): Exchanged {
  const { body, answer } = exchanged;
  if (body === null || !(isLong(body) || isLong(answer))) return exchanged;
  const part = partAbout(body, answer, names);
  return {
    ...exchanged,
    body: isLong(body) ? part.request : body,
    answer: isLong(answer) ? part.answer : answer,
  };
}

/**
 * Tells whoever watches of an exchange.
 * @param secret of the connection, hidden wherever it stands, as are the credentials of the request's own header
 * @param isSignIn nothing of its bodies is told
 */
export function tellWitness(
  { method, path, headers, body }: HttpRequest,
  answer: Exchange,
  secret: string,
  isSignIn: boolean,
): void {
  const exchanged = exchanges.getStore();
  if (!exchanged) return;
  const isAnswered = answer.is === 'answered';
  const said = isAnswered ? beginningOf(answer.body) : '';
  const inWords = (): Exchanged => {
    const credentials = credentialsOf(headers['authorization']);
    const shown = (content: string | Buffer): string =>
      isSignIn ? '(a sign-in, not shown)' : withoutSecrets(content, [secret, credentials], mostBytesRead);
    return {
      line: withoutSecrets(`${method} ${path}`, [secret, credentials]),
      body: body === null ? null : shown(body),
      status: isAnswered ? answer.status : null,
      answer: isAnswered ? shown(said) : answer.reason,
    };
  };
  exchanged.push(once(inWords));
  if (exchanged.length > mostExchanges) exchanged.shift();
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

/** What will be read of a body; a copy where it is long, so that the rest is not kept until then. */
const beginningOf = (body: Buffer): Buffer =>
  body.length > mostBytesRead ? Buffer.from(body.subarray(0, mostBytesRead)) : body;

/**
 * The beginning of a text, with `***` in place of secrets, as they are and as they stand in a URL, in JSON or in words on
 * one line, also of what is left of one where words were cut.
 */
export function withoutSecrets(
  content: string | Buffer,
  secrets: readonly string[],
  most = 4 * mostBytes,
): string {
  if (content.length === 0) return '';
  const text = typeof content === 'string' ? content : content.toString('utf8', 0, most);
  return secrets
    .flatMap(formsOf)
    .filter(({ length }) => length >= shortestSecret)
    .sort((a, b) => b.length - a.length)
    .reduce(without, text.slice(0, most));
}

function formsOf(secret: string): string[] {
  const forms = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
  return [...new Set([...forms, ...forms.map(onOneLine)])];
}

function without(text: string, secret: string): string {
  const pieces = text.replaceAll(secret, '***').split(cutMark);
  const last = pieces.pop() ?? '';
  return [...pieces.map((piece) => withoutBeginning(piece, secret)), last].join(cutMark);
}

/** A text that was cut, without the beginning of a secret at its end. */
function withoutBeginning(text: string, secret: string): string {
  for (let at = Math.max(0, text.length - secret.length); at <= text.length - shortestSecret; at++)
    if (secret.startsWith(text.slice(at))) return `${text.slice(0, at)}***`;
  return text;
}

const isLong = (text: string): boolean => Buffer.byteLength(text) > mostBytes;

/** Whole characters, at most so many bytes with a mark where some are left out, and none that Postgres cannot keep. */
function cut(text: string): string {
  const kept = Buffer.from(text.replaceAll('\0', '\u{FFFD}'));
  if (kept.length <= mostBytes) return kept.toString('utf8');
  const beginning = new TextDecoder().decode(kept.subarray(0, mostBytes - mark.length), { stream: true });
  return `${beginning}${mark.toString('utf8')}`;
}

const mark = Buffer.from(leftOut);
