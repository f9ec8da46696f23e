const longest = 500;
const places = ['message', 'detail', 'error_description', 'exception', 'error', 'errors'];

/** The text in which a target explains an error, from the places where these protocols have it; empty when it says nothing. */
export function wordsOf(body: unknown): string {
  return shortened(find(body));
}

/** At most 500 characters, without line breaks, and without what no database keeps: NUL, halves of characters. */
export function shortened(text: string): string {
  const line = onOneLine(text);
  return (line.length > longest ? `${line.slice(0, longest - 1)}${cutMark}` : line).toWellFormed();
}

/** Stands where words were cut. */
export const cutMark = '…';

export const onOneLine = (text: string): string => text.replaceAll(/[\s\0]+/g, ' ').trim();

function find(body: unknown): string {
  if (typeof body === 'string') return body;
  if (Array.isArray(body)) return find(body[0]);
  if (body === null || typeof body !== 'object') return '';
  const fields = new Map<string, unknown>(Object.entries(body));
  for (const place of places) {
    const text = fields.has(place) ? find(fields.get(place)) : '';
    if (text) return text;
  }
  return '';
}
