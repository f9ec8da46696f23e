declare const brand: unique symbol;
type Branded<T, B extends string> = T & { readonly [brand]: B };

/** UUID of a concept, for life; a code is only a label that it carries in a revision. */
export type ConceptId = Branded<string, 'ConceptId'>;
/** A code such as `A1.1.1.4`. */
export type Code = Branded<string, 'Code'>;

/** The only places where a text becomes a code or an identity: parsers call them when they have read one. */
export const codeFrom = (text: string): Code => text as Code; // oxlint-disable-line typescript/no-unsafe-type-assertion
export const conceptIdFrom = (uuid: string): ConceptId => uuid as ConceptId; // oxlint-disable-line typescript/no-unsafe-type-assertion

/** Names of one entry in one language: `official` as published, `short` for systems with little room. */
export interface Title {
  readonly official: string;
  readonly short?: string;
}

/** Scope notes of one entry in one language (XKOS: inclusions, exclusions, guidance). */
export interface Note {
  readonly includes?: string;
  readonly excludes?: string;
  readonly guidance?: string;
}

export type AttributeValue = string | boolean | number;

/** What an entry says, apart from where it stands. By language: BCP 47 tag. */
export interface Content {
  readonly conceptId: ConceptId;
  /** null: a heading without a code, such as a macro-funzione. */
  readonly code: Code | null;
  readonly titles: Readonly<Record<string, Title>>;
  readonly notes: Readonly<Record<string, Note>>;
  /** Numbers are integers. */
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

/** A concept as one revision shows it. */
export interface Entry extends Content {
  readonly parentId: ConceptId | null;
  /** Orders siblings, ascending; sparse, and not part of the content hash. */
  readonly rank: number;
}

/** The entries of one revision, or of the part of it that a computation needs. */
export type Entries = ReadonlyMap<ConceptId, Entry>;

/** An entry by id; a map that lacks an ancestor is a defect of whoever loaded it. */
export function entryOf(entries: Entries, id: ConceptId): Entry {
  const entry = entries.get(id);
  if (!entry) throw new Error(`no entry ${id} in the loaded part of the map`);
  return entry;
}

/** Ancestors of an entry, the nearest first. Throws on a cycle. */
export function ancestorsOf(entries: Entries, entry: Entry): Entry[] {
  const ancestors: Entry[] = [];
  for (let id = entry.parentId; id !== null;) {
    const parent = entryOf(entries, id);
    ancestors.push(parent);
    if (ancestors.length > entries.size) throw new Error(`entry ${entry.conceptId} is its own ancestor`);
    id = parent.parentId;
  }
  return ancestors;
}
