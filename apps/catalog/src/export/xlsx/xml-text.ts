import { encodeText } from '../../imports/formats/xlsx/text-escapes.ts';

const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text inside XML, or inside an attribute in double quotes. */
export function xmlText(text: string): string {
  return encodeText(text).replace(/[&<>"]/g, (character) => named[character] ?? character);
}
