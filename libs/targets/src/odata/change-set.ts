/** One request of a change set. */
export interface Change {
  readonly method: 'PATCH';
  /** From the root of the host on. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * A batch of one change set, which is stored as a whole or not at all (OData 4.0, part 1, 11.7).
 * @param boundary occurs in no body
 */
export function renderChangeSet(
  changes: readonly Change[],
  boundary: string,
): { readonly body: string; readonly headers: Readonly<Record<string, string>> } {
  const inner = `changes_${boundary}`;
  const outer = `batch_${boundary}`;
  const parts = changes.map(({ method, path, headers, body }, i) => [
    `--${inner}`,
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    `Content-ID: ${i + 1}`,
    '',
    `${method} ${path} HTTP/1.1`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '',
    body,
  ]);
  const lines = [
    `--${outer}`,
    `Content-Type: multipart/mixed; boundary=${inner}`,
    '',
    ...parts.flat(),
    `--${inner}--`,
    `--${outer}--`,
    '',
  ];
  return {
    body: lines.join('\r\n'),
    headers: { 'content-type': `multipart/mixed; boundary=${outer}` },
  };
}
