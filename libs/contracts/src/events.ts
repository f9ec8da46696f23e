import { successionKinds } from '#taxonomy';
import { z } from 'zod';
import {
  changeKindSchema,
  conceptIdSchema,
  countSchema,
  daySchema,
  hashSchema,
  numberSchema,
  placedEntrySchema,
  textSchema,
} from './entry.ts';

const common = {
  scheme: textSchema,
  /** Number of the revision that the event belongs to. */
  revision: numberSchema,
  effectiveDate: daySchema,
};

/** `mappa.changes.v1`, key: concept id. What happened to one concept; the `index`-th of `count` changes of the revision. */
export const changeEventSchema = z.object({
  ...common,
  index: numberSchema,
  count: numberSchema,
  conceptId: conceptIdSchema,
  kinds: z.array(changeKindSchema).min(1),
  causedBy: conceptIdSchema.nullable(),
  codeReusedFrom: conceptIdSchema.nullable(),
  successors: z.array(conceptIdSchema),
  predecessors: z.array(conceptIdSchema),
  /** This and the next two stand in every message since issue 4; older ones lack them. */
  successionKind: z.enum(successionKinds).nullable().exactOptional(),
  continues: z.boolean().exactOptional(),
  /** Deepest level at which history stays comparable across this change; 0: only the whole map. */
  comparableLevel: countSchema.exactOptional(),
  before: placedEntrySchema.nullable(),
  after: placedEntrySchema.nullable(),
});
export type ChangeEvent = z.infer<typeof changeEventSchema>;

/** `mappa.revisions.v1`, key: scheme. A revision came into force; it is complete when all its `changes` arrived. */
export const inForceEventSchema = z.object({
  ...common,
  edition: textSchema,
  changes: countSchema,
  /** Merkle root of the whole map at this revision. */
  contentHash: hashSchema,
  base: z.object({ revision: numberSchema, contentHash: hashSchema }).nullable(),
  publishedAt: z.iso.datetime(),
});
export type InForceEvent = z.infer<typeof inForceEventSchema>;

/** `mappa.concepts.v1`, key: concept id, compacted. State in force of a concept; a retired one stays, marked, as it last was. */
export const conceptEventSchema = z.object({
  ...common,
  conceptId: conceptIdSchema,
  state: z.enum(['in-force', 'retired']),
  entry: placedEntrySchema,
});
export type ConceptEvent = z.infer<typeof conceptEventSchema>;
