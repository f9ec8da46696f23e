/** A title without case, accents, spaces and punctuation. */
export function foldTitle(title: string): string {
  return title
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .toLowerCase();
}

/** Below it each character folds for itself, and is one folded sign or none. */
const westernEnd = 0x180;
const folded = Uint16Array.from({ length: westernEnd }, (_, code) =>
  foldTitle(String.fromCharCode(code)).charCodeAt(0),
);

/**
 * A number that titles with one folding share, and others hardly ever: most titles need not be folded to tell that they
 * read differently.
 */
export function foldPrint(title: string): number {
  let print = 0;
  for (let i = 0; i < title.length; i++) {
    const code = title.charCodeAt(i);
    if (code >= westernEnd) return printOf(foldTitle(title));
    const sign = folded[code] ?? 0;
    if (sign !== 0) print = next(print, sign);
  }
  return print;
}

function printOf(read: string): number {
  let print = 0;
  for (let i = 0; i < read.length; i++) print = next(print, read.charCodeAt(i));
  return print;
}

const next = (print: number, sign: number): number => (Math.imul(print, 31) + sign) | 0;
