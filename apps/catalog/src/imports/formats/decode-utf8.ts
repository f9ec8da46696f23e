import type { Finding } from '#taxonomy';
import { say } from '#words';

/** Thrown where bytes are no UTF-8 text; readers answer with its finding. */
export class NotUtf8 extends Error {
  readonly finding: Finding;

  constructor(line: number) {
    super('not UTF-8');
    const message = say`Line ${line} or one soon after has bytes that are not UTF-8 text; save the file as UTF-8.`;
    this.finding = { rule: 'text-damaged', severity: 'error', message, line };
  }
}

/** Bytes as text, piece by piece; a byte order mark is left out. */
export async function* decodeUtf8(bytes: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch {
      throw new NotUtf8(line);
    }
  };
  for await (const chunk of bytes) {
    const text = decode(chunk);
    yield text;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) line++;
  }
  yield decode();
}
