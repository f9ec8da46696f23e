import type { Finding } from '#taxonomy';
import { say } from '#words';

/** Bytes that are enough to know a file that is none of ours. */
export const headLength = 8;

/**
 * Why a file cannot be an import of any format, with what to do instead; null when it may be one.
 * @param head the first bytes of the file
 */
export function refuseFile(head: Uint8Array, mediaType?: string): Finding | null {
  const known = unreadable.find(
    ({ magic, types }) =>
      magic.every((byte, i) => head[i] === byte) || types.some((type) => mediaType?.startsWith(type)),
  );
  return known ? { rule: 'file-kind', severity: 'error', message: known.advice } : null;
}

const bytes = (text: string): number[] => [...Buffer.from(text, 'latin1')];

const inUtf32 = say`This is a text in UTF-32, which hardly any program reads. Save it as UTF-8.`;

const unreadable = [
  {
    magic: bytes('%PDF'),
    types: ['application/pdf'],
    advice: say`A PDF holds pages, not rows, so nothing can be read from it with certainty. Ask its publisher for the table as XLSX, CSV or DOCX, or copy its tables into one.`,
  },
  {
    magic: [0xd0, 0xcf, 0x11, 0xe0],
    types: ['application/vnd.ms-excel', 'application/msword'],
    advice: say`This is an old Office file (.xls, .doc), or one that is protected with a password. Open it and save it as XLSX, CSV or DOCX without a password.`,
  },
  {
    magic: bytes('{\\rtf'),
    types: ['application/rtf', 'text/rtf'],
    advice: say`This is an RTF file. Open it and save it as DOCX.`,
  },
  {
    magic: [0x1f, 0x8b],
    types: ['application/gzip'],
    advice: say`This is a compressed file (gzip). Unpack it, and import the file inside.`,
  },
  {
    magic: bytes('Rar!'),
    types: ['application/vnd.rar'],
    advice: say`This is an archive. Unpack it, and import the file inside.`,
  },
  {
    magic: [0x89, 0x50, 0x4e, 0x47],
    types: ['image/'],
    advice: say`This is a picture. The table itself is needed, as XLSX, CSV or DOCX.`,
  },
  { magic: [0xff, 0xfe, 0, 0], types: [], advice: inUtf32 },
  { magic: [0, 0, 0xfe, 0xff], types: [], advice: inUtf32 },
] as const;
