/** A statement as both parsers give it. */
export interface Triple {
  readonly subject: Term;
  readonly predicate: Term;
  readonly object: Term;
}

export interface Term {
  readonly termType: string;
  readonly value: string;
  /** Of a literal; empty where it has none. */
  readonly language?: string;
  readonly datatype?: { readonly value: string };
}
