import type { AttributeValue } from '#taxonomy';

/** One text of a concept, with its language tag in lower case; `''`: none. */
export interface Label {
  readonly language: string;
  readonly text: string;
}

export interface Notation {
  readonly text: string;
  readonly type: string;
}

/** What a file says about one concept, statement by statement. */
export class GatheredConcept {
  readonly iri: string;
  /** Of its first statement, where the parser knows it. */
  readonly line: number | undefined;
  isConcept = false;
  isDeprecated = false;
  isTop = false;
  /** How many statements about it were kept or known already. */
  statements = 0;
  readonly schemes = new Set<string>();
  readonly ids = new Set<string>();
  readonly notations: Notation[] = [];
  readonly broader = new Set<string>();
  readonly official: Label[] = [];
  readonly short: Label[] = [];
  readonly includes: Label[] = [];
  readonly excludes: Label[] = [];
  readonly guidance: Label[] = [];
  readonly emptyNotes = new Set<string>();
  readonly languageTags = new Set<string>();
  readonly attributes: (readonly [name: string, value: AttributeValue])[] = [];
  rank: number | null = null;
  /** Of a revision of a scheme: which one it is. */
  readonly origin: { scheme?: string; revision?: string; contentHash?: string } = {};

  constructor(iri: string, line: number | undefined) {
    this.iri = iri;
    this.line = line;
  }
}
