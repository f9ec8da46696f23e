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
import { profilePlansSchema } from './plans.ts';

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
  /** Who had the code of `after` last, in the revision before or in any older one, when that was another concept. */
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
  /** Hash of the audit log's newest entry, which is this publication. */
  auditHead: hashSchema.exactOptional(),
  /** What the approval says that it means for a target in step, by profile; left out when it covers no plan. */
  plan: profilePlansSchema.exactOptional(),
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

const sealed = { scheme: textSchema, /** Id of the sealed set. */ set: z.uuid(), effectiveDate: daySchema };

/**
 * `mappa.revisions.v1`, key: scheme. An approved set waits for its day (`sealed`), or stands on another map now
 * (`resealed`). It gets the number of its revision on that day; its changes are read from `changesAt`.
 */
export const sealedEventSchema = z.object({
  ...sealed,
  edition: textSchema,
  changes: countSchema,
  /** Merkle root that the whole map will have on that day, as far as is known now. */
  contentHash: hashSchema,
  /** Content hash of the map that it stands on: in force, or of the sealed set before it. */
  baseHash: hashSchema,
  /** Path in the API of the catalog. */
  changesAt: textSchema,
  sealedAt: z.iso.datetime(),
});
export type SealedEvent = z.infer<typeof sealedEventSchema>;

/** `mappa.revisions.v1`, key: scheme. A sealed set will not come into force as it was announced. */
export const withdrawnEventSchema = z.object({
  ...sealed,
  /** `withdrawn` by a person, or back at a person because of a `conflict` with what came into force, or a new warning. */
  reason: z.enum(['withdrawn', 'conflict']),
  withdrawnAt: z.iso.datetime(),
});
export type WithdrawnEvent = z.infer<typeof withdrawnEventSchema>;

/**
 * `mappa.revisions.v1`, key: scheme. An edition that was in force before the first revision was added: its codes can be
 * resolved now. Nothing that a target should hold has changed.
 */
export const historyAddedEventSchema = z.object({
  scheme: textSchema,
  /** Below 1. */
  revision: z.int().max(0),
  effectiveDate: daySchema,
  edition: textSchema,
  entries: countSchema,
  contentHash: hashSchema,
  /** The revision that it stands before. */
  before: z.object({ revision: z.int(), contentHash: hashSchema }),
  addedAt: z.iso.datetime(),
  auditHead: hashSchema,
});
export type HistoryAddedEvent = z.infer<typeof historyAddedEventSchema>;
