import { say, type Sentence } from '#words';
import { invisible } from '../look-alikes.ts';

/** What is wrong with a text of one line that people read, as exactly as it can be said; null when nothing is. */
export function faultOf(text: string): Sentence | null {
  if (text === '') return say`it is empty`;
  if (harmless.test(text)) return null;
  if (/^\s|\s$/.test(text)) return say`it begins or ends with a space`;
  const markup = markupPattern.exec(text);
  if (markup) return say`"${markup[0].slice(0, 40)}" is markup, at sign ${placeOf(text, markup.index)}`;
  const unseen = invisiblePattern.exec(text);
  if (unseen?.[0] === '\n') return say`it has a line break at sign ${placeOf(text, unseen.index)}`;
  if (unseen)
    return say`it has the invisible character ${nameOfSign(unseen[0])} at sign ${placeOf(text, unseen.index)}`;
  const composed = text.normalize('NFC');
  if (text === composed) return null;
  const at = Array.from(text).findIndex((sign, i) => sign !== Array.from(composed)[i]);
  return say`a letter and its accent stand apart at sign ${at + 1}; type the letter anew`;
}

/** Tags, comments, entities. */
const markupPattern = /<\/?[a-z][^>]*>|<!--|&#?\w+;/iu;
const invisiblePattern = new RegExp(`[${invisible}]`, 'u');
/** Without any of the characters that each of the above needs, apart from the ends. */
const harmless =
  /^[\x21-\x25\x27-\x3b\x3d-\x7e\u00a1-\u00ac\u00ae-\u02af](?:[\x20-\x25\x27-\x3b\x3d-\x7e\u00a1-\u00ac\u00ae-\u02af]*[\x21-\x25\x27-\x3b\x3d-\x7e\u00a1-\u00ac\u00ae-\u02af])?$/;

/** From 1, in signs as people count them. */
const placeOf = (text: string, index: number): number => Array.from(text.slice(0, index)).length + 1;

/** `U+200B` */
export function nameOfSign(sign: string): string {
  return `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
