const mark = / ?\[mappa:([^\]\s]+)\]/g;

/** Our key as it stands in a text of a record, where people can read it and `like` finds it. */
export const markOf = (key: string): string => `[mappa:${key}]`;

/** The last mark of a text is its key. */
export const keyIn = (text: string): string | null => [...text.matchAll(mark)].at(-1)?.[1] ?? null;

/** A text of other people with our key in it, in place of any other; left as it is where the key is there. */
export function marked(text: string, key: string): string {
  if (keyIn(text) === key) return text;
  const others = text.replaceAll(mark, '').trimEnd();
  return others ? `${others}\n${markOf(key)}` : markOf(key);
}

/** A pattern of Tryton's `like` that finds every text with this key. */
export const likeMark = (key: string): string => `%${markOf(key).replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
