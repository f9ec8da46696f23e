import { z } from 'zod';
import { textSchema } from './entry.ts';
import { schemePathSchema } from './reading.ts';

/** A number, or the label of an edition, which has at most 60 characters. */
const revision = textSchema.min(1).max(60);

/** Two revisions, in any order. */
export const comparePathSchema = schemePathSchema.extend({ from: revision, to: revision });

/** Language of a document that people read; the one of Accept-Language when left out. */
export const documentQuerySchema = z.object({ lang: z.enum(['it', 'en']).exactOptional() });
