import { badRequest } from './odata-error.ts';

/** One part of a multipart body: a request, or a change set of them. */
export type Part =
  | {
      readonly contentId: string | null;
      readonly request: {
        readonly method: string;
        readonly address: string;
        readonly headers: Readonly<Record<string, string>>;
        readonly body: unknown;
      };
    }
  | { readonly parts: readonly Part[] };

/** Lines end in CR LF, as the protocol has it. @throws ODataError 400 */
export function parseParts(contentType: string, body: string): Part[] {
  const boundary = /^multipart\/mixed;\s*boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (!boundary) throw badRequest('A batch is multipart/mixed with a boundary');
  const pieces = `\r\n${body}`.split(`\r\n--${boundary}`);
  if (!pieces.at(-1)?.startsWith('--')) throw badRequest('The last boundary of the batch is missing');
  return pieces.slice(1, -1).map((piece) => {
    const { headers, rest } = headersOf(piece.replace(/^\r\n/, ''));
    const type = headers['content-type'] ?? '';
    if (type.startsWith('multipart/mixed')) return { parts: parseParts(type, rest) };
    if (!type.startsWith('application/http')) throw badRequest(`A part is ${type}`);
    const lineEnd = rest.indexOf('\r\n');
    const [method = '', address = '', protocol] = rest.slice(0, lineEnd).split(' ');
    if (protocol !== 'HTTP/1.1') throw badRequest('A part begins with a request of HTTP/1.1');
    const inner = headersOf(rest.slice(lineEnd + 2));
    const request = { method, address, headers: inner.headers, body: jsonOf(inner.rest) };
    return { contentId: headers['content-id'] ?? null, request };
  });
}

function headersOf(text: string): { readonly headers: Record<string, string>; readonly rest: string } {
  const end = text.startsWith('\r\n') ? 0 : text.indexOf('\r\n\r\n');
  if (end < 0) throw badRequest('A part has no end of its headers');
  const lines = text
    .slice(0, end)
    .split('\r\n')
    .filter((line) => line !== '');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return { headers: Object.fromEntries(headers), rest: text.slice(end + (end === 0 ? 2 : 4)) };
}

function jsonOf(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('The body of a part is no JSON');
  }
}
