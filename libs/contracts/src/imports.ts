import { z } from 'zod';
import { draftAnswerSchema, findingSchema } from './answers.ts';
import { correctionsSchema, editionSchema, statedEditionSchema } from './edition.ts';
import { codeSchema, conceptIdSchema, countSchema, textSchema } from './entry.ts';
import { draftsPageSchema } from './reading.ts';

/** The text of the official document, with its reviewed corrections; read at once. */
const documentSchema = z.strictObject({
  edition: editionSchema,
  corrections: correctionsSchema.default({ why: '', read: [], add: [] }),
  document: z.string().min(1),
});

/** A file, whose bytes follow at `PUT /imports/{id}/file`. */
const fileSchema = z.strictObject({
  /** When left out that of the import that this one replaces, while nobody published it, else that in force; its `source` is filled in where it says nothing. */
  edition: statedEditionSchema.exactOptional(),
  /** `csv`, `xlsx`, … */
  format: textSchema.min(1).max(40),
  /** What may be stated about a file of this format. */
  options: z.record(z.string(), z.json()).default({}),
  /** An import that a corrected file replaces: its decisions are kept where they still apply, and its draft is used. */
  replaces: z.uuid().exactOptional(),
});

export const importSchema = z.union([documentSchema, fileSchema]);
export type ImportFileRequest = z.output<typeof fileSchema>;

export const importPathSchema = z.object({ import: z.uuid() });
export const importRowPathSchema = importPathSchema.extend({ row: textSchema.min(1).max(500) });

export const importStates = [
  'waiting',
  'queued',
  'reading',
  'failed',
  'matching',
  'applied',
  'stopped',
  'interrupted',
] as const;
export type ImportState = (typeof importStates)[number];

export const importFileAnswerSchema = z.object({
  id: z.uuid(),
  scheme: z.string(),
  edition: z.string(),
  format: z.string(),
  /**
   * `waiting` for its file; `queued`: waiting for its turn to be read.
   * `interrupted`: the process that read the file is gone, and nothing was changed; send it again.
   */
  state: z.enum(importStates),
  rowsRead: z.int(),
  /** With an error among them nothing of the file is used. */
  findings: z.array(findingSchema),
  replaces: z.uuid().nullable(),
  baseRevision: z.int().nullable(),
  draft: z.uuid().nullable(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
});
export type ImportFileAnswer = z.output<typeof importFileAnswerSchema>;

/** One of many: what was found in its file is told by the import itself. */
const importSummarySchema = importFileAnswerSchema.omit({ findings: true }).extend({ errors: z.int() });
export type ImportSummary = z.output<typeof importSummarySchema>;
export const importsAnswerSchema = z.object({
  items: z.array(importSummarySchema),
  next: z.string().nullable(),
});
export const importsPageSchema = draftsPageSchema.extend({ state: z.enum(importStates).exactOptional() });

/** A document is answered with its draft and report, a file with its import. */
export const importAnswerSchema = z.union([
  z.object({ draft: draftAnswerSchema, report: z.array(findingSchema) }),
  importFileAnswerSchema,
]);

export const evidenceSchema = z.enum([
  'same-code',
  'same-title',
  'similar-title',
  'same-parent',
  'same-children',
  'same-siblings',
  'no-counterpart',
]);
const labelSchema = z.enum([
  'retitled',
  'redefined',
  'renumbered',
  'moved',
  'code-reused',
  'chain',
  'swap',
  'split-off',
]);
const score = z.coerce.number().min(0).max(1);
const why = textSchema.max(1_000).default('');

const conceptAnswerSchema = z.object({
  conceptId: conceptIdSchema,
  code: codeSchema.nullable(),
  title: z.string(),
});
const tieAnswerSchema = conceptAnswerSchema.extend({
  row: z.string(),
  score: z.number(),
  evidence: z.array(evidenceSchema),
});
export const matchAnswerSchema = z.object({
  row: z.string(),
  line: z.int().nullable(),
  code: codeSchema.nullable(),
  title: z.string(),
  /** `fixed`: stated by the file or decided by a person; `automatic`: beyond doubt; `open`: waits for a decision. */
  how: z.enum(['fixed', 'automatic', 'open']),
  /** What it is, or would be by its first proposal; null: a new concept. */
  concept: conceptAnswerSchema.nullable(),
  labels: z.array(labelSchema),
  proposals: z.array(
    z.object({
      /** null: it is a new concept. */
      concept: conceptAnswerSchema.nullable(),
      score: z.number(),
      evidence: z.array(evidenceSchema),
    }),
  ),
  /** What the file asks for beside what the row says, with its reason. */
  asked: z.object({ change: z.enum(['retire', 'keep']).nullable(), reason: z.string() }).nullable(),
  /** Concepts from which a new one may have its work. */
  origins: z.array(tieAnswerSchema),
});
export type MatchAnswer = z.input<typeof matchAnswerSchema>;
export const matchesAnswerSchema = z.object({
  items: z.array(matchAnswerSchema),
  next: z.int().nullable(),
});

/** Concepts of the base that no row is: they end, once a person says who takes their place, or that nobody does. */
export const missingAnswerSchema = conceptAnswerSchema.extend({
  how: z.enum(['fixed', 'open']),
  shape: z.enum(['replaced', 'split', 'merged', 'regrouped']).nullable(),
  /** The file itself asks for its end; who takes its place is decided by a person all the same. */
  asked: z.boolean(),
  /** What the file says of why. */
  reason: z.string().nullable(),
  /** Rows that may take its place, with what they say. */
  successors: z.array(
    z.object({
      row: z.string(),
      line: z.int().nullable(),
      code: codeSchema.nullable(),
      title: z.string(),
      score: z.number(),
      evidence: z.array(evidenceSchema),
    }),
  ),
});
export type MissingAnswer = z.input<typeof missingAnswerSchema>;
export const missingPageAnswerSchema = z.object({
  items: z.array(missingAnswerSchema),
  next: z.int().nullable(),
});

const page = {
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
};
export const matchesQuerySchema = z.object({
  ...page,
  how: z.enum(['fixed', 'automatic', 'open']).exactOptional(),
  label: labelSchema.exactOptional(),
  /** Only rows whose first proposal has at least this score. */
  minScore: score.exactOptional(),
});
export const missingQuerySchema = z.object({ ...page, how: z.enum(['fixed', 'open']).exactOptional() });

const rowKey = textSchema.min(1).max(500);
export const matchDecisionSchema = z.union([
  /** The row is this concept. */
  z.strictObject({ row: rowKey, same: conceptIdSchema }),
  /** The row is a new concept; `predecessors` give part of their work to it and go on. */
  z.strictObject({
    row: rowKey,
    new: z.literal(true),
    predecessors: z.array(conceptIdSchema).max(1_000).default([]),
  }),
  /** The concept ends; its successors are rows of the file, none when its work ends. */
  z.strictObject({
    concept: conceptIdSchema,
    retired: z.literal(true),
    successors: z.array(rowKey).max(1_000),
  }),
  /** Takes back what was decided. */
  z.strictObject({ row: rowKey, undo: z.literal(true) }),
  z.strictObject({ concept: conceptIdSchema, undo: z.literal(true) }),
]);
export type MatchDecision = z.output<typeof matchDecisionSchema>;
export const matchDecisionsSchema = z.strictObject({
  decisions: z.array(matchDecisionSchema).min(1).max(100_000),
  why,
});

/** One act about many: what it takes is decided as if each had been named, and the act is kept with every decision. */
export const bulkDecisionSchema = z.discriminatedUnion('accept', [
  z.strictObject({
    /**
     * The first proposal of every open row that has all this evidence and at least this score; where that is a new concept, it
     * takes the place of those that end and are its origins with at least this score.
     */
    accept: z.literal('first-proposals'),
    evidence: z.array(evidenceSchema).default([]),
    minScore: score,
    why,
  }),
  z.strictObject({
    /** The end of every concept without a row, with its proposed successors of at least this score. */
    accept: z.literal('retirements'),
    minScore: score,
    why,
  }),
]);
export type BulkDecision = z.output<typeof bulkDecisionSchema>;

export const matchReportSchema = z.object({
  rows: countSchema,
  fixed: countSchema,
  automatic: countSchema,
  open: countSchema,
  /** Concepts without a row, and how many of them are decided. */
  missing: countSchema,
  missingDecided: countSchema,
  decisions: z.array(
    z.object({
      subject: z.string(),
      /** `same`, `new` or `retired`, with what belongs to it. */
      decision: z.looseObject({ kind: z.string() }),
      act: z.looseObject({}).nullable(),
      why: z.string(),
      decidedBy: z.string(),
      decidedAt: z.iso.datetime(),
      /** Why a decision about an earlier file does not apply to this one; null when it does. */
      lapsed: z.string().nullable(),
    }),
  ),
});
export type MatchReport = z.input<typeof matchReportSchema>;
