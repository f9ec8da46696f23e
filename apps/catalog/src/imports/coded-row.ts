import type { AttributeValue, Code } from '#taxonomy';

/** One entry of the document on its way into the map. */
export interface CodedRow {
  readonly code: Code;
  /** Absent for a row that a correction adds. */
  readonly line?: number;
  /** null: the source has none. */
  readonly title: string | null;
  /** Name of the heading that it stands below; only rows of the first coded level have one. */
  readonly heading?: string;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}
