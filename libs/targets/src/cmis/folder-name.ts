/** What CMIS servers refuse in names, control characters, and the escape sign itself. */
// oxlint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u001F\u007F/\\:"*?<>|%]/g;
const escapes = /%([0-9A-F]{2})/g;
const cut = '…';

const escape = (sign: string): string => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

/**
 * `code title` as the name of a folder. Forbidden signs become `%2F`, and so does a space or full stop at the end. A name
 * begins with its code, so siblings with different codes have different names, cut or not.
 * @param longest characters of the name; a longer one is cut between signs and ends with `…`
 */
export function folderName(code: string, title: string, longest: number): string {
  const signs = Array.from(`${code} ${title}`.trim(), (sign) => sign.replaceAll(forbidden, escape));
  const name = signs.join('').replace(/[ .]$/, escape);
  if (name.length <= longest) return name;
  let kept = '';
  for (const sign of signs) {
    if (kept.length + sign.length + cut.length > longest) break;
    kept += sign;
  }
  return kept.trimEnd() + cut;
}

/** The text from which `folderName` made a name; for a cut one its beginning. */
export function readFolderName(name: string): string {
  return name.replaceAll(escapes, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
