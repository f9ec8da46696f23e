import { languageSchema, textSchema } from '#contracts';
import { z } from 'zod';

const header = textSchema.min(1).max(200);

/** What may be stated about a table of any kind of file. */
export const tableOptionsSchema = z.strictObject({
  /** `rows`: a row an entry; `levels`: a column a level, as the official document has it. Found when left out. */
  layout: z.enum(['auto', 'rows', 'levels']).default('auto'),
  /** Language of columns that name none; that of the edition's source when left out. */
  language: languageSchema.exactOptional(),
  /** Headers of this file, where they are none of ours. */
  columns: z
    .strictObject({
      conceptId: header,
      code: header,
      parent: header,
      path: header,
      rank: header,
      title: header,
      shortTitle: header,
      includes: header,
      excludes: header,
      guidance: header,
      change: header,
      reason: header,
    })
    .partial()
    .default({}),
  /** The file holds only the rows that change: entries without a row stay as they are, instead of being missing. */
  partial: z.boolean().default(false),
  /** Between the parts of a path: `A > B > C`. */
  pathSeparator: textSchema.min(1).max(5).default('>'),
});

export type TableOptions = z.output<typeof tableOptionsSchema>;
