import { z } from 'zod';
import { revisionPathSchema } from './reading.ts';

const { scheme, revision } = revisionPathSchema.shape;

/** Two revisions, the older first. */
export const comparePathSchema = z.object({ scheme, from: revision, to: revision });

/** Language of a document that people read. */
export const documentQuerySchema = z.object({ lang: z.enum(['it', 'en']).default('it') });
