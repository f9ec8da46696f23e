/**
 * What Tryton refuses in a name or takes away from it: line breaks and tabs, backslashes (`project.work`), slashes between blanks
 * (`party.category`), blanks at the ends; and what would read as an escape of ours.
 */
const forbidden = /[\t\n\r\v\f\\]|(?<=^| )\/(?= |$)|%(?=[0-9A-F]{2})|^[\s\p{Cc}]|[\s\p{Cc}]$/gu;
const escapes = /(?:%[0-9A-F]{2})+/g;

const escape = (sign: string): string =>
  [...Buffer.from(sign, 'utf8')]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');

/** A text as a name, or as a part of one; `readName` gives the text back. */
export const escapeName = (text: string): string => text.replaceAll(forbidden, escape);

/** A code as the first word of a name. */
export const escapeCode = (code: string): string => escapeName(code).replaceAll(' ', '%20');

export const readName = (name: string): string =>
  name.replaceAll(escapes, (bytes) => {
    try {
      return decodeURIComponent(bytes);
    } catch {
      return bytes;
    }
  });
