import { urlSchema } from '#contracts';
import { z } from 'zod';

/** What may be stated about a file of SKOS. */
export const skosOptionsSchema = z.strictObject({
  /** Address of the `skos:ConceptScheme` to read, where a file holds several. */
  scheme: urlSchema.exactOptional(),
  /** Datatype of the notations that are codes, where concepts have several. */
  notationType: urlSchema.exactOptional(),
});
export type SkosOptions = z.infer<typeof skosOptionsSchema>;
