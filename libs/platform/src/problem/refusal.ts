import type { Sentence } from '#words';
/** One thing that is wrong, with its place: a line and column of a document, or the path of a field. */
export interface ProblemDetail {
  readonly message: Sentence;
  /** Stable id of the rule that it breaks. */
  readonly rule?: string;
  readonly path?: string;
  /** Id of the item of a list at which it is, where it says one. */
  readonly id?: string;
  readonly line?: number;
  readonly column?: number;
  /** Code of the entry concerned, `A1.1.1.4`, where it has one. */
  readonly code?: string;
}

export interface RefusalFields {
  /** Plain words, the same for every refusal of this code. */
  readonly title: Sentence;
  /** HTTP status at the edge; 422 by default. */
  readonly status?: number;
  /** Plain words about this very case. */
  readonly detail?: Sentence;
  readonly problems?: readonly ProblemDetail[];
  /** Headers of the answer, such as Retry-After. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the problem document (RFC 9457 section 3.2), such as `heldBy`. */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** An expected no, as a value: returned by decisions, never thrown. A bug throws. */
export class Refusal {
  readonly code: string;
  readonly title: Sentence;
  readonly status: number;
  readonly detail: Sentence | undefined;
  readonly problems: readonly ProblemDetail[];
  readonly headers: Readonly<Record<string, string>>;
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(code: string, fields: RefusalFields) {
    this.code = code;
    this.title = fields.title;
    this.status = fields.status ?? 422;
    this.detail = fields.detail;
    this.problems = fields.problems ?? [];
    this.headers = fields.headers ?? {};
    this.extensions = fields.extensions ?? {};
  }
}

/** @param code stable, kebab-case: `code-reused`; becomes the type `/problems/code-reused` */
export function refuse(code: string, fields: RefusalFields): Refusal {
  return new Refusal(code, fields);
}

export function isRefusal(value: unknown): value is Refusal {
  return value instanceof Refusal;
}
