import type { Code, ConceptId, Entry } from '#taxonomy';
import type { ImportedRow } from '../imported-row.ts';

/** What a row says of the entry that it names. */
export interface Named {
  /** Entries of the base that it may mean; none: a new one. */
  readonly entries: readonly Entry[];
  /** Where it names just one by its id, or by its path of titles, sign by sign. */
  readonly sure: Entry | null;
}

/** Finds entries of a base as the rows of a file name them: by concept id, code, path of titles, or title of a heading. */
export class NamedEntries {
  private readonly base: ReadonlyMap<ConceptId, Entry>;
  private readonly byCode = new Map<Code, Entry>();
  private readonly headings = new Map<string, Entry[]>();
  /** Made when the first row names an entry by its path: in a map with codes none does. */
  private paths: ReadonlyMap<string, Entry[]> | undefined;

  constructor(base: ReadonlyMap<ConceptId, Entry>) {
    this.base = base;
    for (const entry of base.values())
      if (entry.code !== null) this.byCode.set(entry.code, entry);
      else for (const { official } of Object.values(entry.titles)) note(this.headings, official, entry);
  }

  of(row: ImportedRow): Named {
    const stated = row.conceptId === null ? undefined : this.base.get(row.conceptId);
    if (stated || row.conceptId !== null) return { entries: stated ? [stated] : [], sure: stated ?? null };
    if (row.code !== null) {
      const entry = this.byCode.get(row.code);
      return { entries: entry ? [entry] : [], sure: null };
    }
    // A title that is said to stand at the top is a path of one part.
    if (pathAbove(row) === null && row.parent !== null)
      return { entries: this.headings.get(row.key) ?? [], sure: null };
    const there = this.atPath(row.key).filter(({ code }) => code === null);
    const [only, ...others] = there;
    return { entries: there, sure: only && others.length === 0 ? only : null };
  }

  /** The only entry at a path of titles. */
  at(path: string): Entry | undefined {
    const entries = this.atPath(path);
    return entries.length === 1 ? entries[0] : undefined;
  }

  private atPath(path: string): readonly Entry[] {
    this.paths ??= pathsOf(this.base);
    return this.paths.get(path) ?? [];
  }
}

/** The path of the parent, where the key of a row is a path below it. */
export const pathAbove = ({ key, parent }: ImportedRow): string | null =>
  typeof parent === 'string' && key.startsWith(`${parent} > `) ? parent : null;

/** Entries by their paths of titles, in each language. */
function pathsOf(base: ReadonlyMap<ConceptId, Entry>): Map<string, Entry[]> {
  const paths = new Map<string, Entry[]>();
  const known = new Map<string, string>();
  const pathOf = ({ conceptId, parentId, titles }: Entry, language: string): string => {
    const key = `${conceptId} ${language}`;
    const path = known.get(key);
    if (path !== undefined) return path;
    const above = parentId === null ? undefined : base.get(parentId);
    const own = titles[language]?.official ?? '';
    const made = above ? `${pathOf(above, language)} > ${own}` : own;
    known.set(key, made);
    return made;
  };
  for (const entry of base.values())
    for (const language of Object.keys(entry.titles)) note(paths, pathOf(entry, language), entry);
  return paths;
}

/** What an entry is called in one language after the other: said twice it is noted once. */
function note(named: Map<string, Entry[]>, name: string, entry: Entry): void {
  const known = named.get(name);
  if (!known) named.set(name, [entry]);
  else if (known.at(-1) !== entry) known.push(entry);
}
