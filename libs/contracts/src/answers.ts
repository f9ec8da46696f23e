import {
  changeKindSchema,
  codeSchema,
  conceptIdSchema,
  entrySchema,
  hashSchema,
  placedEntrySchema,
} from './entry.ts';
import { draftStateSchema } from './drafts.ts';
import { profilePlansSchema } from './plans.ts';
import { levelSchema, schemeSchema } from './edition.ts';
import { changeEventSchema, inForceEventSchema } from './events.ts';
import { z } from 'zod';

/** What the catalog's API answers; for its description, and for those who read it. */
const list = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });

export const schemesAnswerSchema = list(schemeSchema);
/** A revision; of history its number is below 1, and nothing is its base. */
export const revisionAnswerSchema = inForceEventSchema.extend({ revision: z.int() });
export type RevisionAnswer = z.infer<typeof revisionAnswerSchema>;
export const revisionsAnswerSchema = list(revisionAnswerSchema);
export const entriesAnswerSchema = list(placedEntrySchema);
export const searchAnswerSchema = list(
  placedEntrySchema.extend({
    above: z
      .array(z.string())
      .describe(
        'Official titles of the entries above it, the top first: they tell apart entries without codes.',
      ),
  }),
).extend({ next: z.string().nullable() });
export const changesAnswerSchema = list(changeEventSchema).extend({ next: z.int().nullable() });

export const entryAnswerSchema = placedEntrySchema.extend({
  scheme: z.string(),
  revision: z.int(),
  edition: z.string(),
});

/** Nested: each entry has `children` of the same form. */
export const treeAnswerSchema = z.object({
  scheme: z.string(),
  edition: z.string(),
  revision: z.int(),
  effectiveDate: z.iso.date(),
  contentHash: hashSchema,
  levels: z.array(levelSchema),
  roots: z.array(placedEntrySchema.extend({ children: z.array(z.looseObject({})) })),
});

/** One node of the Merkle tree of a revision; `conceptId` is null for the root, whose hash is the content hash. */
export const nodeAnswerSchema = z.object({
  scheme: z.string(),
  revision: z.int(),
  conceptId: conceptIdSchema.nullable(),
  code: codeSchema.nullable(),
  hash: hashSchema,
  /** Of `content`; at the root of the scheme's name. */
  contentHash: hashSchema,
  /** What the entry itself says, just as it is hashed; null at the root. */
  content: entrySchema.omit({ parentId: true, rank: true }).nullable(),
  /** In order of rank; of those that share one, of concept id. */
  children: z.array(z.object({ conceptId: conceptIdSchema, code: codeSchema.nullable(), hash: hashSchema })),
});
export type NodeAnswer = z.infer<typeof nodeAnswerSchema>;

export const draftAnswerSchema = z.object({
  id: z.uuid(),
  scheme: z.string(),
  edition: z.string(),
  baseRevision: z.int().nullable(),
  state: draftStateSchema,
  version: z.int(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  publishedRevision: z.int().nullable(),
  /** Content hash of the map that was submitted. */
  submittedHash: hashSchema.nullable(),
  /** Of all that was submitted: the map, its edition, successions and attributes outside the content hash. An approval names it. */
  submissionHash: hashSchema.nullable(),
  /** What was submitted means this for targets, by profile; null: an approval covers no plan. */
  plan: profilePlansSchema.nullable(),
  effectiveDate: z.iso.date().nullable(),
  /** It is a historical edition, to be placed before that revision; null: it is to come into force, like most. */
  history: z.object({ from: z.iso.date(), before: z.int() }).nullable(),
  erratum: z.boolean(),
  rollbackTo: z.int().nullable(),
});

export const draftsAnswerSchema = list(draftAnswerSchema).extend({ next: z.string().nullable() });

/** An entry as a draft has it. */
export const draftEntrySchema = entrySchema.extend({
  state: z.enum(['unchanged', 'created', 'changed', 'retired']),
  parentCode: codeSchema.nullable(),
  children: z.int(),
});
export const draftEntriesAnswerSchema = list(draftEntrySchema).extend({ next: z.string().nullable() });

export const moveAnswerSchema = z.object({
  /** The draft after the move; as it is, when only a preview was asked for. */
  draft: draftAnswerSchema,
  /** The branch's own entry first, then all below it whose code changes with it. */
  codes: z.array(
    z.object({
      conceptId: conceptIdSchema,
      parentId: conceptIdSchema.nullable(),
      from: codeSchema.nullable(),
      to: codeSchema.nullable(),
    }),
  ),
  /** What stands against it: codes that others carry, codes that the edition does not know, a branch below itself. */
  problems: z.array(
    z.object({
      message: z.string(),
      rule: z.string().exactOptional(),
      code: z.string().exactOptional(),
      path: z.string().exactOptional(),
    }),
  ),
  /** The code after the last one below the new parent; null where codes do not follow from the parent's. */
  freeCode: codeSchema.nullable(),
});

export const draftEditsAnswerSchema = list(
  z.object({
    number: z.int(),
    action: z.string(),
    by: z.uuid(),
    at: z.iso.datetime(),
    /** How many it touched. */
    concepts: z.int(),
    /** The first of them, in order of code, each with the code that the edit gave it or that it had. */
    touched: z.array(z.object({ conceptId: conceptIdSchema, code: codeSchema.nullable() })),
    undone: z.boolean(),
  }),
);

export const findingSchema = z.object({
  rule: z.string(),
  severity: z.enum(['error', 'warning', 'note']),
  message: z.string(),
  /** By which a warning is acknowledged. */
  key: z.string().exactOptional(),
  line: z.int().exactOptional(),
  column: z.int().exactOptional(),
  /** Of the entry concerned, where it has one. */
  code: z.string().exactOptional(),
  /** Which part of the entry, by the name of its column in an export: `code`, `parent`, `title:it`, `attribute:hours`. */
  field: z.string().exactOptional(),
});

export const changeViewSchema = z.object({
  conceptId: conceptIdSchema,
  kinds: z.array(changeKindSchema),
  before: placedEntrySchema.nullable(),
  after: placedEntrySchema.nullable(),
});

export const reviewAnswerSchema = z.object({
  changes: z.array(changeViewSchema),
  /** Why a file asked for changes, by concept. */
  reasons: z.array(z.object({ conceptId: conceptIdSchema, reason: z.string() })),
  findings: z.array(findingSchema),
  /** null when its entries form no tree. */
  contentHash: hashSchema.nullable(),
});
