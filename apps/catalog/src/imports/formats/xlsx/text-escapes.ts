/** Characters that XML cannot hold, or changes: control characters, the carriage return, two non-characters. */
const unheld = /[\0-\x08\x0b\x0c\x0e-\x1f\r\uFFFE\uFFFF]/g; // oxlint-disable-line no-control-regex
const escaped = /_x([0-9A-Fa-f]{4})_/g;
const looksEscaped = /_(?=x[0-9A-Fa-f]{4}_)/g;

/** A text as a cell holds it (ECMA-376 part 1, 22.9.2.19 ST_Xstring): `_x000D_` for what XML cannot hold. */
export function encodeText(text: string): string {
  return text
    .replace(looksEscaped, '_x005F_')
    .replace(
      unheld,
      (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    );
}

export function decodeText(cell: string): string {
  if (!cell.includes('_x')) return cell;
  return cell.replace(escaped, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}
