/** What a statement says: another resource, a text, a typed value, or resources in order. */
export type Value =
  | { readonly iri: string }
  | { readonly text: string; readonly language?: string; readonly type?: string }
  | { readonly list: readonly string[] };

export type Statement = readonly [predicate: string, value: Value];

/** All statements about one resource, and what is said of it by others (`reverse`: predicate, subject). */
export interface Described {
  readonly subject: string;
  readonly statements: readonly Statement[];
  readonly reverse?: readonly (readonly [predicate: string, subject: string])[];
}
