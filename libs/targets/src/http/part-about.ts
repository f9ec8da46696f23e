/** Stands where something was left out. */
export const leftOut = '[…]';

/** Characters on both sides of a name, where nothing tells one record from the next. */
const around = 1_200;

type Plain = Readonly<Record<string, unknown>>;

/** What is about one record in a request that tells of many, and in its answer. */
export interface Part {
  readonly request: string;
  readonly answer: string;
}

/**
 * Cuts out what is about one record: of JSON its element of the list, and the element of the answer that names it or stands in
 * the same place; of a multipart body its part, and the part with its Content-ID; else what stands around its name.
 * @param names of the record, in the request and perhaps in the answer
 */
export function partAbout(request: string, answer: string, names: readonly string[]): Part {
  return (
    inList(request, answer, names) ?? inParts(request, answer, names) ?? nearName(request, answer, names)
  );
}

/** Whether a text has a name, not as a part of a longer one. */
export function isNamedIn(text: string, name: string): boolean {
  return placeOf(text, name) >= 0;
}

const isPart = (sign: string | undefined): boolean => sign !== undefined && /\w/.test(sign);

function placeOf(text: string, name: string): number {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!isPart(text[at - 1]) && !isPart(text[at + name.length])) return at;
  }
  return -1;
}

const isAbout = (text: string, names: readonly string[]): boolean =>
  names.some((name) => isNamedIn(text, name));

function inList(request: string, answer: string, names: readonly string[]): Part | null {
  for (const list of listsOf(parsed(request))) {
    const place = list.findIndex((item) => isPlain(item) && isAbout(JSON.stringify(item), names));
    const item = list[place];
    if (list.length < 2 || !isPlain(item)) continue;
    return { request: shown(item), answer: answerTo(item, place, list.length, answer, names) };
  }
  return null;
}

function answerTo(
  { bulkId }: Plain,
  place: number,
  length: number,
  answer: string,
  names: readonly string[],
): string {
  const known = typeof bulkId === 'string' ? [bulkId, ...names] : names;
  const lists = listsOf(parsed(answer));
  const named = lists.flat().find((item) => isPlain(item) && isAbout(JSON.stringify(item), known));
  const placed = lists.find((list) => list.length === length)?.[place];
  const found = named ?? placed;
  return found === undefined ? answer : shown(found);
}

/** Lists of objects or values, the outer ones before those in them. */
function listsOf(value: unknown): (readonly unknown[])[] {
  if (Array.isArray(value) && !value.some((item) => Array.isArray(item))) return [value];
  const inner: unknown[] = Array.isArray(value) ? value : isPlain(value) ? Object.values(value) : [];
  return inner.flatMap(listsOf);
}

function inParts(request: string, answer: string, names: readonly string[]): Part | null {
  const part = partsOf(request).find((each) => isAbout(each, names));
  if (part === undefined) return null;
  const id = idOf(part);
  const answers = partsOf(answer);
  const answered =
    answers.find((each) => isAbout(each, names)) ??
    (id === undefined ? undefined : answers.find((each) => idOf(each) === id));
  return { request: marked(part), answer: answered === undefined ? answer : marked(answered) };
}

const idOf = (part: string): string | undefined => /^content-id:\s*(\S+)/im.exec(part)?.[1];

/** Of a multipart body, each with the boundary before it. */
function partsOf(body: string): string[] {
  if (!body.startsWith('--')) return [];
  return body.split(/\r?\n(?=--\S+\r?\n)/);
}

function nearName(request: string, answer: string, names: readonly string[]): Part {
  return { request: near(request, names), answer: near(answer, names) };
}

function near(text: string, names: readonly string[]): string {
  const places = names.map((name) => placeOf(text, name)).filter((place) => place >= 0);
  const [place] = places;
  if (place === undefined) return text;
  const from = Math.max(0, place - around);
  const to = place + around;
  return `${from > 0 ? leftOut : ''}${text.slice(from, to)}${to < text.length ? leftOut : ''}`;
}

const shown = (item: unknown): string => marked(JSON.stringify(item));
const marked = (text: string): string => `${leftOut}\n${text}\n${leftOut}`;

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
