import { say, type Sentence } from '#words';
import { invisible } from '../look-alikes.ts';

/** So many faults of one kind are told of one text. */
const mostOfAKind = 10;

/** All that is wrong with a text of one line that people read, as exactly as it can be said. */
export function faultsOf(text: string): Sentence[] {
  if (text === '') return [say`it is empty`];
  if (harmless.test(text)) return [];
  const inner = text.trim();
  const signAt = (index: number) => placeOf(text, text.indexOf(inner) + index);
  return [
    ...(inner === text ? [] : [say`it begins or ends with a space`]),
    ...found(inner, markup).map(
      ([tag, index]) => say`"${tag.slice(0, 40)}" is markup, at sign ${signAt(index)}`,
    ),
    ...found(inner, unseen).map(([sign, index]) =>
      sign === '\n'
        ? say`it has a line break at sign ${signAt(index)}`
        : say`it has the invisible character ${nameOfSign(sign)} at sign ${signAt(index)}`,
    ),
    ...apartIn(inner).map(
      (index) => say`a letter and its accent stand apart at sign ${signAt(index)} (type the letter anew)`,
    ),
  ];
}

/** The first of what a pattern finds, each with its place. */
function found(text: string, pattern: RegExp): [found: string, index: number][] {
  const all: [string, number][] = [];
  for (const { 0: match, index } of text.matchAll(pattern))
    if (all.push([match, index]) >= mostOfAKind) break;
  return all;
}

/** Where the first letters stand that have another form in Unicode NFC. */
function apartIn(text: string): number[] {
  if (!isApart(text)) return [];
  const letters = [...graphemes.segment(text)].filter(({ segment }) => isApart(segment));
  return letters.slice(0, mostOfAKind).map(({ index }) => index);
}

const isApart = (text: string): boolean => text !== text.normalize('NFC');
const graphemes = new Intl.Segmenter('it', { granularity: 'grapheme' });

/** Tags, comments, entities. */
const markup = /<\/?[a-z][^>]*>|<!--|&#?\w+;/giu;
/** A line break of Windows is one. */
const unseen = new RegExp(`\r\n|[${invisible}]`, 'gu');
/** Without any of the characters that each of the above needs, apart from the ends. */
const harmless =
  /^[\x21-\x25\x27-\x3b\x3d-\x7e\u00a1-\u00ac\u00ae-\u02af](?:[\x20-\x25\x27-\x3b\x3d-\x7e\u00a1-\u00ac\u00ae-\u02af]*[\x21-\x25\x27-\x3b\x3d-\x7e\u00a1-\u00ac\u00ae-\u02af])?$/;

/** From 1, in signs as people count them. */
const placeOf = (text: string, index: number): number => Array.from(text.slice(0, index)).length + 1;

/** `U+200B` */
export function nameOfSign(sign: string): string {
  return `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
