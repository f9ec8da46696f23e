import { randomUUID } from 'node:crypto';

/**
 * A form as multipart/form-data (RFC 7578) in UTF-8.
 * @param fields names and values in their order; a name may come twice
 * @param boundary occurs in no value
 */
export function multipart(
  fields: readonly (readonly [name: string, value: string])[],
  boundary: string = randomUUID(),
): { readonly body: Buffer; readonly headers: Readonly<Record<string, string>> } {
  const parts = fields.map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return {
    body: Buffer.from(`${parts.join('')}--${boundary}--\r\n`, 'utf8'),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}
