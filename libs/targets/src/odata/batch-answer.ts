import type { Exchange } from '../http/exchange.ts';

export type AnsweredPart = Extract<Exchange, { is: 'answered' }>;

/**
 * The answers inside a multipart answer in their order, those of a change set one by one (OData 4.0, part 1, 11.7.4).
 * @returns null when it is not what the protocol says
 */
export function readBatchAnswer(contentType: string, body: string): AnsweredPart[] | null {
  const bodies = partsOf(contentType, body);
  const read = bodies?.map((part) => {
    const { headers, rest } = split(part);
    const type = headers['content-type'] ?? '';
    if (/^multipart\/mixed\b/i.test(type)) return readBatchAnswer(type, rest);
    const answered = /^application\/http\b/i.test(type) ? readHttp(rest) : null;
    return answered && [answered];
  });
  return read?.every((part) => part !== null) ? read.flat() : null;
}

/** What stands between the boundaries; null without the closing one, because then some is missing. */
function partsOf(contentType: string, body: string): string[] | null {
  const boundary = /\bboundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType);
  const delimiter = `--${boundary?.[1] ?? boundary?.[2] ?? ''}`;
  if (delimiter === '--') return null;
  const [preamble, ...parts] = `\r\n${body}`.split(`\n${delimiter}`);
  const end = parts.findIndex((part) => part.startsWith('--'));
  if (preamble === undefined || end < 0) return null;
  return parts.slice(0, end).map((part) => part.replace(/^[ \t]*\r?\n/, '').replace(/\r$/, ''));
}

function readHttp(text: string): AnsweredPart | null {
  const [statusLine, ...lines] = text.split(/(?<=\n)/);
  const status = /^HTTP\/1\.[01] (\d{3})\b/.exec(statusLine ?? '')?.[1];
  if (!status) return null;
  const { headers, rest } = split(lines.join(''));
  return { is: 'answered', status: Number(status), headers, body: Buffer.from(rest.trim(), 'utf8') };
}

/** Headers, an empty line, and the rest. */
function split(text: string): { readonly headers: Record<string, string>; readonly rest: string } {
  const end = /^\r?\n|\r?\n\r?\n/.exec(text);
  const head = end ? text.slice(0, end.index) : text;
  const headers: Record<string, string> = {};
  for (const line of head.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return {
    headers,
    rest: end ? text.slice(end.index + end[0].length) : '',
  };
}
