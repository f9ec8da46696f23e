import { z } from 'zod';
import {
  codeSchema,
  conceptIdSchema,
  daySchema,
  languageSchema,
  noteSchema,
  oneLineBreak,
  textSchema,
  titleSchema,
} from './entry.ts';
import { statedEditionSchema } from './edition.ts';

const text = textSchema
  .min(1)
  .max(4_000)
  .transform((value) => value.normalize('NFC'));
const note = text.transform(oneLineBreak);
/** Notes of one language as people and programs write them, before they are kept. */
export const writtenNoteSchema = noteSchema.extend({
  includes: note.exactOptional(),
  excludes: note.exactOptional(),
  guidance: note.exactOptional(),
});
const titlesSchema = z.record(
  languageSchema,
  titleSchema.extend({ official: text, short: text.exactOptional() }),
);
const notesSchema = z.record(languageSchema, writtenNoteSchema);
const attributesSchema = z.record(textSchema.min(1).max(60), z.union([text, z.boolean(), z.int()]));

/** Names an entry: its concept id, or the code that it carries in the revision on which the draft stands. */
export const entryReferenceSchema = textSchema.min(1).max(100);

const stated = {
  titles: titlesSchema.exactOptional(),
  notes: notesSchema.exactOptional(),
  attributes: attributesSchema.exactOptional(),
  /** Where it stands; follows from the code when left out. */
  parent: entryReferenceSchema.nullable().exactOptional(),
};

const succeeding = {
  /** Entries whose place it takes, or a part of it; they may be retired or go on. */
  predecessors: z.array(entryReferenceSchema).max(1_000).exactOptional(),
};

export const editSchema = z.discriminatedUnion('op', [
  z.strictObject({
    op: z.literal('create'),
    /** Chosen by the caller where another edit refers to the new entry. */
    conceptId: conceptIdSchema.exactOptional(),
    code: codeSchema.nullable(),
    ...stated,
    ...succeeding,
  }),
  z.strictObject({
    op: z.literal('change'),
    entry: entryReferenceSchema,
    /** Null takes it away. */
    code: codeSchema.nullable().exactOptional(),
    ...stated,
    ...succeeding,
  }),
  z.strictObject({
    op: z.literal('retire'),
    entry: entryReferenceSchema,
    /** Entries that take its place; an empty list when its work ends; left out as long as that is not decided. */
    successors: z.array(entryReferenceSchema).max(1_000).exactOptional(),
  }),
]);
export type Edit = z.infer<typeof editSchema>;

/** What an entry says, as a whole; the code is kept, or taken from the address, when left out. */
export const entryContentSchema = z.strictObject({
  code: codeSchema.exactOptional(),
  titles: titlesSchema,
  notes: notesSchema.default({}),
  attributes: attributesSchema.default({}),
  parent: stated.parent,
});
export type EntryContent = z.output<typeof entryContentSchema>;

/** JSON Merge Patch (RFC 7396) of the same. */
export const entryPatchSchema = z.looseObject({});

/** Where a branch goes: below another parent (null: to the top), under another code, or both. */
export const moveSchema = z
  .strictObject({
    entry: entryReferenceSchema,
    parent: entryReferenceSchema.nullable().exactOptional(),
    code: codeSchema.exactOptional(),
  })
  .refine(({ parent, code }) => parent !== undefined || code !== undefined, 'names neither parent nor code');
export type MoveRequest = z.output<typeof moveSchema>;

export const editsSchema = z.strictObject({ edits: z.array(editSchema).min(1).max(100_000) });

/** Where a draft stands on its way into force. `superseded` is not here: it is said of a revision that has a successor. */
export const draftStateSchema = z.enum([
  'open',
  'submitted',
  'approved',
  'sealed',
  'published',
  'rejected',
  'withdrawn',
  'discarded',
]);
export type DraftState = z.output<typeof draftStateSchema>;

export const openDraftSchema = z.strictObject({
  /** A new edition, of no file unless it names one; without it the draft goes on with the edition of its base. */
  edition: statedEditionSchema.exactOptional(),
});

export const publishSchema = z.strictObject({
  /** The Europe/Rome day from which it is valid: when left out, that of the new edition, else today. For a day to come it is sealed. */
  effectiveDate: daySchema.exactOptional(),
});
