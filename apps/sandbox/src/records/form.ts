import { CmisError } from './cmis-error.ts';
import { splitMultipart } from './multipart.ts';

/** The fields of a request by name. */
export type Form = ReadonlyMap<string, string>;

/**
 * Reads the form of a browser-binding request. As in OpenCMIS, a multipart form is ISO-8859-1 unless it carries
 * `_charset_` (or the part names its own), so whoever leaves that out stores garbled text; a urlencoded form is UTF-8.
 * @throws CmisError invalidArgument for any other body
 */
export function readForm(body: unknown, contentType = ''): Form {
  if (!Buffer.isBuffer(body)) throw new CmisError('invalidArgument', 'Invalid form encoding!');
  if (/^application\/x-www-form-urlencoded/i.test(contentType))
    return new Map(new URLSearchParams(body.toString('utf8')));
  const parts = /^multipart\/form-data/i.test(contentType) ? splitMultipart(body, contentType) : null;
  if (!parts) throw new CmisError('invalidArgument', 'Invalid form encoding!');
  const charset = parts.find(({ name }) => name === '_charset_')?.value ?? 'ISO-8859-1';
  return new Map(parts.map((part) => [part.name, decode(part.value, part.charset ?? charset)]));
}

function decode(value: string, charset: string): string {
  if (/^(iso-8859-1|us-ascii|latin1)$/i.test(charset)) return value;
  if (/^utf-?8$/i.test(charset)) return Buffer.from(value, 'latin1').toString('utf8');
  throw new CmisError('invalidArgument', `Unsupported charset: ${charset}`);
}
