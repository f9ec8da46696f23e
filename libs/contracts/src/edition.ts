import { z } from 'zod';
import { attributeSchema, codeSchema, daySchema, languageSchema } from './entry.ts';

const labels = z.record(languageSchema, z.string().min(1));

const pattern = z.string().max(200).refine(isRegularExpression, 'is not a regular expression');

/** A classification. `id` stands in addresses. */
export const schemeSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(60),
  titles: labels,
  languages: z.array(languageSchema).min(1),
  /** How many people must approve a draft. */
  approvals: z.union([z.literal(1), z.literal(2)]).default(1),
});
export type Scheme = z.infer<typeof schemeSchema>;

export const levelSchema = z.strictObject({
  depth: z.int().min(1).max(20),
  names: labels,
  pattern: pattern.exactOptional(),
});

/** What people call "Rev. 2023": its label, levels and code grammar, and where it comes from. */
export const editionSchema = z.strictObject({
  label: z.string().min(1).max(60),
  titles: labels,
  publisher: z.string().exactOptional(),
  legalAct: z.string().exactOptional(),
  /** The Europe/Rome day from which the edition is meant to be valid. */
  effectiveDate: daySchema,
  /** The source does not state the day. */
  effectiveDateAssumed: z.boolean().default(false),
  source: z.strictObject({
    file: z.string(),
    format: z.enum(['official-text']),
    language: languageSchema,
    link: z.url().exactOptional(),
  }),
  separator: z.string().length(1),
  levels: z.array(levelSchema).min(1).max(20),
  /** Attribute of a top entry with a code that stands below no heading of its own. */
  unstatedParent: z.strictObject({ attribute: z.string(), value: attributeSchema }).exactOptional(),
});
export type Edition = z.infer<typeof editionSchema>;

/** Reviewed corrections of a transcription; none of them may invent a title. */
export const correctionsSchema = z.strictObject({
  why: z.string(),
  /** A cell that carries a wrong code, found by code and title. */
  read: z
    .array(z.strictObject({ code: codeSchema, title: z.string(), as: codeSchema, evidence: z.string() }))
    .default([]),
  /** How many codes each series has, by level from the first that has codes, lost ones included; and whose heading it stands below. */
  expect: z
    .record(z.string(), z.strictObject({ codes: z.array(z.int().min(0)), heading: z.string().nullable() }))
    .exactOptional(),
  /** A code that the source lost, with its title. */
  add: z.array(z.strictObject({ code: codeSchema, evidence: z.string() })).default([]),
});
export type Corrections = z.infer<typeof correctionsSchema>;

function isRegularExpression(text: string): boolean {
  try {
    return Boolean(new RegExp(text, 'u'));
  } catch {
    return false;
  }
}
