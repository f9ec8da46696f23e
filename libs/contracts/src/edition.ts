import { attributeTypes } from '#taxonomy';
import { analyse } from 'scslre';
import { z } from 'zod';
import {
  attributeSchema,
  codeSchema,
  daySchema,
  hashSchema,
  languageSchema,
  textSchema,
  urlSchema,
} from './entry.ts';

const labels = z.record(languageSchema, textSchema.min(1));

const pattern = textSchema
  .min(1)
  .max(200)
  .refine(isRegularExpression, { error: 'is not a regular expression', abort: true })
  .refine(isLinear, 'could take very long on some codes; write it without repetitions of repetitions');

/** A classification. `id` stands in addresses. */
export const schemeSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'an id has small letters, digits and single hyphens')
      .max(60),
    titles: labels,
    languages: z.array(languageSchema).min(1),
    /** How many people must approve a draft. */
    approvals: z.union([z.literal(1), z.literal(2)]).default(1),
  })
  .refine(({ titles, languages }) => languages.some((language) => titles[language] !== undefined), {
    path: ['titles'],
    error: 'name the scheme in one of its languages',
  });
export type Scheme = z.infer<typeof schemeSchema>;

export const levelSchema = z.strictObject({
  depth: z.int().min(1).max(20),
  names: labels,
  pattern: pattern.exactOptional(),
  /** Follows from the code when left out. */
  parent: z.enum(['by-code', 'stated']).exactOptional(),
});

const namedLevelSchema = levelSchema.extend({
  names: labels.refine(
    (names) => Object.keys(names).length > 0,
    'name the level in at least one language, such as {"it": "processo"}',
  ),
});

export const attributeDefinitionSchema = z
  .strictObject({
    name: textSchema.min(1).max(60),
    type: z.enum(attributeTypes),
    values: z.array(textSchema.min(1).max(200)).min(1).max(10_000).exactOptional(),
    inHash: z.boolean().default(true),
    synced: z.boolean().default(true),
  })
  .refine(({ inHash, synced }) => inHash || !synced, {
    path: ['synced'],
    error: 'is false for an attribute outside the hash: nobody could verify what was sent',
  })
  .refine(({ type, values }) => (type === 'code-list') === (values !== undefined), {
    path: ['values'],
    error: 'stands with a code list, and with nothing else',
  });

const markSchema = z.strictObject({ attribute: textSchema, value: attributeSchema });

const sourceSchema = z.strictObject({
  file: textSchema,
  /** Name of the import format that reads it; `none` of an edition that is written by hand. */
  format: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'It must be the name of a format, such as csv.')
    .max(40),
  language: languageSchema,
  sha256: hashSchema.exactOptional(),
  link: urlSchema.exactOptional(),
});

/** What people call "Rev. 2023": its label, levels and code grammar, and where it comes from. */
export const editionSchema = z.strictObject({
  label: textSchema.min(1).max(60),
  titles: labels,
  publisher: textSchema.exactOptional(),
  legalAct: textSchema.exactOptional(),
  /** What a reader should know of it, by language. */
  notes: labels.exactOptional(),
  /** The Europe/Rome day from which the edition is meant to be valid. */
  effectiveDate: daySchema,
  /** The source does not state the day. */
  effectiveDateAssumed: z.boolean().default(false),
  source: sourceSchema,
  /** Left out where a code simply begins with that of its parent. */
  separator: textSchema.max(1).default(''),
  levels: z
    .array(namedLevelSchema)
    .min(1)
    .max(20)
    .superRefine(haveNoGaps)
    .refine(haveOwnPatterns, 'have one pattern on two levels: a code would not tell of which it is'),
  /** When left out, entries may carry any attribute, and all are hashed and synced. */
  attributes: z
    .array(attributeDefinitionSchema)
    .max(100)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'define one attribute twice')
    .exactOptional(),
  /** Attribute of a top entry with a code that stands below no heading of its own. */
  unstatedParent: markSchema.exactOptional(),
  /** Attribute of an entry whose title the source lost: it may stay without one. */
  missingTitle: markSchema.exactOptional(),
  /** Attribute that says why an entry was corrected, or added, by its import. */
  evidenceAttribute: textSchema.min(1).max(60).exactOptional(),
});
export type Edition = z.infer<typeof editionSchema>;

/** An edition whose file is on its way, or that has none: what the file tells by itself need not be said. */
export const statedEditionSchema = editionSchema.extend({
  source: sourceSchema
    .extend({
      file: sourceSchema.shape.file.exactOptional(),
      format: sourceSchema.shape.format.exactOptional(),
      language: sourceSchema.shape.language.exactOptional(),
    })
    .prefault({}),
});

/** With the source filled in: the file is called as the edition, and its language is the first one of the titles. */
export function completeEdition(
  { source, ...edition }: z.output<typeof statedEditionSchema>,
  format: string,
): Edition {
  const [language = 'it'] = Object.keys(edition.titles);
  return { ...edition, source: { file: edition.label, format, language, ...source } };
}

/** Reviewed corrections of a transcription; none of them may invent a title. */
export const correctionsSchema = z.strictObject({
  why: textSchema,
  /** A cell that carries a wrong code, found by code and title. */
  read: z
    .array(z.strictObject({ code: codeSchema, title: textSchema, as: codeSchema, evidence: textSchema }))
    .default([]),
  /** How many codes each series has, by level from the first that has codes, lost ones included; and whose heading it stands below. */
  expect: z
    .record(textSchema, z.strictObject({ codes: z.array(z.int().min(0)), heading: textSchema.nullable() }))
    .exactOptional(),
  /** A code that the source lost, with its title. */
  add: z.array(z.strictObject({ code: codeSchema, evidence: textSchema })).default([]),
});
export type Corrections = z.infer<typeof correctionsSchema>;

function haveOwnPatterns(levels: readonly { readonly pattern?: string }[]): boolean {
  const patterns = levels.flatMap(({ pattern }) => pattern ?? []);
  return new Set(patterns).size === patterns.length;
}

function haveNoGaps(levels: readonly { readonly depth: number }[], context: z.RefinementCtx): void {
  levels.forEach(({ depth }, i) => {
    if (depth === (levels[i - 1]?.depth ?? 0) + 1) return;
    context.addIssue({
      code: 'custom',
      path: [i, 'depth'],
      message: 'is not one more than that of the level before; the first is 1',
    });
  });
}

function isRegularExpression(text: string): boolean {
  try {
    return Boolean(new RegExp(text, 'u'));
  } catch {
    return false;
  }
}

/** A long bounded repetition costs like an unbounded one: on a code of 100 characters there is no difference. */
function isLinear(text: string): boolean {
  const source = `^(?:${text.replace(/\{(\d+),(\d+)\}/g, (whole, from: string, to: string) => (+to > 4 ? `{${from},}` : whole))})$`;
  return (
    analyse({ source, flags: 'u' }, { maxReports: 1, reportTypes: { Move: false } }).reports.length === 0
  );
}
