import type { Edition } from '#contracts';
import type { z } from 'zod';
import type { FileReader } from '../imported-row.ts';
import { bounded } from './bounded.ts';

/** One kind of file that can be imported. Formats are data: everything asks the table in `index.ts`. */
export interface FileFormat {
  readonly name: string;
  readonly mediaTypes: readonly string[];
  /** Endings of file names, with the dot. */
  readonly extensions: readonly string[];
  /** What may be stated about a file; everything has a default. */
  readonly options: z.ZodType;
  /** @param options as they came in; checked by the schema, which throws what is not for this format */
  open(edition: Edition, options: unknown): FileReader;
}

/** Closes the typed reader of a format over its own options, and bounds what it may report. */
export function fileFormat<Options extends z.ZodType>(format: {
  readonly name: string;
  readonly mediaTypes: readonly string[];
  readonly extensions: readonly string[];
  readonly options: Options;
  readonly open: (edition: Edition, options: z.output<Options>) => FileReader;
}): FileFormat {
  return {
    ...format,
    open: (edition, options) => bounded(format.open(edition, format.options.parse(options ?? {}))),
  };
}
