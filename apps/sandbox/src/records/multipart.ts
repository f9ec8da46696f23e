/** One field of a form: bytes as ISO-8859-1 text, and the charset that its own Content-Type names. */
export interface FormPart {
  readonly name: string;
  readonly value: string;
  readonly charset: string | null;
}

/**
 * The fields of a multipart/form-data body (RFC 7578), read as ISO-8859-1 so that no byte is lost; null when the body is
 * not one. Files are fields like the others.
 */
export function splitMultipart(body: Buffer, contentType: string): FormPart[] | null {
  const [, quoted, bare] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? bare;
  if (!boundary) return null;
  const sections = `\r\n${body.toString('latin1')}`.split(`\r\n--${boundary}`);
  if (sections.length < 2 || !sections.at(-1)?.startsWith('--')) return null;
  const parts = sections.slice(1, -1).map(readSection);
  return parts.every((part) => part !== null) ? parts : null;
}

function readSection(section: string): FormPart | null {
  const headersEnd = section.indexOf('\r\n\r\n');
  if (headersEnd < 0) return null;
  const headers = section.slice(0, headersEnd);
  const name = /^content-disposition:[^\r\n]*[;\s]name="([^"]*)"/im.exec(headers)?.[1];
  if (name === undefined) return null;
  const charset = /^content-type:[^\r\n]*charset="?([\w-]+)/im.exec(headers)?.[1] ?? null;
  return { name, value: section.slice(headersEnd + 4), charset };
}
