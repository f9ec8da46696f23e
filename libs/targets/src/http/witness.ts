import { AsyncLocalStorage } from 'node:async_hooks';
import type { Exchange, HttpRequest } from './exchange.ts';

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
/** Secrets are looked for in so much, so that none is cut in two by the end of what is kept. */
const mostBytesRead = 4 * mostBytes;
const shortestSecret = 4;

const exchanges = new AsyncLocalStorage<(() => SeenExchange)[]>();

/**
 * Does some work, and says which requests its drivers sent meanwhile; the last of them, where they are very many. They are
 * put into words when `seen` is called: as a rule all goes well, and nobody asks.
 */
export async function witnessed<T>(
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly seen: () => readonly SeenExchange[] }> {
  const exchanged: (() => SeenExchange)[] = [];
  const result = await exchanges.run(exchanged, work);
  return { result, seen: () => exchanged.map((inWords) => inWords()) };
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
  exchanged.push(() => {
    const [, credentials = ''] = (headers['authorization'] ?? '').split(' ');
    const shown = (content: string | Buffer): string =>
      isSignIn ? '(a sign-in, not shown)' : withoutSecrets(content, [secret, credentials]);
    const line = withoutSecrets(`${method} ${path}`, [secret, credentials]);
    return {
      request: cut(body === null ? line : `${line}\n\n${shown(body)}`),
      status: isAnswered ? answer.status : null,
      answer: cut(isAnswered ? shown(said) : answer.reason),
    };
  });
  if (exchanged.length > mostExchanges) exchanged.shift();
}

/** What will be read of a body; a copy where it is long, so that the rest is not kept until then. */
const beginningOf = (body: Buffer): Buffer =>
  body.length > mostBytesRead ? Buffer.from(body.subarray(0, mostBytesRead)) : body;

/** With `***` in their place, as they are and as they stand in a URL or in JSON. */
export function withoutSecrets(content: string | Buffer, secrets: readonly string[]): string {
  if (content.length === 0) return '';
  const text = typeof content === 'string' ? content : content.toString('utf8', 0, mostBytesRead);
  return secrets
    .filter(({ length }) => length >= shortestSecret)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
    .reduce((shown, secret) => shown.replaceAll(secret, '***'), text.slice(0, mostBytesRead));
}

/** Whole characters, at most so many bytes, and none that Postgres cannot keep. */
const cut = (text: string): string =>
  Buffer.from(text.replaceAll('\0', '\u{FFFD}')).subarray(0, mostBytes).toString('utf8');
