import { TextDecoder } from 'node:util';
import type { Finding } from '#taxonomy';
import { say } from '#words';

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof encodings)[number];

/** Text of a file, piece by piece, and what had to be assumed or is damaged. */
export type Decoded = string | { readonly finding: Finding };

/**
 * Decodes bytes whose encoding is stated, or found: by byte order mark, by the zeros of UTF-16, else by the first bytes
 * beyond ASCII. Until these come nothing needs to be decided, so a file of any length is read as a stream.
 */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  stated?: Encoding,
): AsyncGenerator<Decoded> {
  let decoder: TextDecoder | null = stated ? new TextDecoder(stated) : null;
  let isFirst = true;
  let held = new Uint8Array(0);
  let isDoubted = stated === 'windows-1252';
  for await (const chunk of bytes) {
    const piece = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
    held = new Uint8Array(0);
    if (!decoder && piece.length < 4 && isFirst) {
      held = Uint8Array.from(piece);
      continue;
    }
    decoder ??= isFirst ? byFirstBytes(piece) : null;
    isFirst = false;
    if (isDoubted) {
      const { sound, damaged } = asUtf8(piece);
      if (sound > damaged) yield { finding: doubtful };
      isDoubted = sound + damaged === 0;
    }
    if (!decoder && piece.some((byte) => byte > 127)) {
      const found = byContent(piece);
      decoder = new TextDecoder(found);
      if (found === 'windows-1252') yield { finding: assumed };
    }
    yield decoder ? decoder.decode(piece, { stream: true }) : new TextDecoder('utf-8').decode(piece);
  }
  decoder ??= new TextDecoder(held.some((byte) => byte > 127) ? byContent(held) : 'utf-8');
  yield decoder.decode(held);
}

function byFirstBytes(piece: Uint8Array): TextDecoder | null {
  const [a, b, c] = piece;
  if (a === 0xef && b === 0xbb && c === 0xbf) return new TextDecoder('utf-8');
  if ((a === 0xff && b === 0xfe) || (a !== 0 && b === 0)) return new TextDecoder('utf-16le');
  if ((a === 0xfe && b === 0xff) || (a === 0 && b !== 0)) return new TextDecoder('utf-16be');
  return null;
}

/** UTF-8 where most of what is beyond ASCII can be read so: text of Windows-1252 almost never can. */
function byContent(piece: Uint8Array): Encoding {
  const { sound, damaged } = asUtf8(piece);
  return damaged > sound ? 'windows-1252' : 'utf-8';
}

/** How much of what is beyond ASCII can be read as UTF-8, and how much cannot. */
function asUtf8(piece: Uint8Array): { readonly sound: number; readonly damaged: number } {
  const text = new TextDecoder('utf-8').decode(piece, { stream: true });
  const damaged = text.split('\uFFFD').length - 1;
  const sound = text.match(/[^\0-\x7f\uFFFD]/g)?.length ?? 0; // oxlint-disable-line no-control-regex
  return { sound, damaged };
}

const doubtful: Finding = {
  rule: 'encoding-doubtful',
  severity: 'warning',
  message: say`The file is said to be Windows-1252, but its letters beyond ASCII read as UTF-8: check them, or leave the encoding out.`,
};

const assumed: Finding = {
  rule: 'encoding-assumed',
  severity: 'warning',
  message: say`The file is not UTF-8; it is read as Windows-1252. Check its accented letters, or state the encoding.`,
};
