import { changeKinds, codeFrom, conceptIdFrom } from '#taxonomy';
import { z } from 'zod';

const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();
const notStorable = 'has characters that cannot be stored';

/** Text that every database and wire takes: well-formed Unicode without NUL. */
export const textSchema = z.string().refine(isStorable, notStorable);
export const urlSchema = z.url().refine(isStorable, notStorable);
/** A whole number as Postgres keeps it. */
export const countSchema = z.int().min(0).max(2_147_483_647);
export const numberSchema = countSchema.min(1);

/** In lower case, as Postgres writes it. */
export const conceptIdSchema = z.uuid().transform((id) => conceptIdFrom(id.toLowerCase()));
export const codeSchema = textSchema.min(1).max(100).transform(codeFrom);
export const languageSchema = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'It must be the code of a language, such as it or en.');
export const hashSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'It must be a hash: 64 digits and small letters from a to f.');
/** Whether a text is a day that the calendar has, as `YYYY-MM-DD`. */
export const isDay = (text: string): boolean => z.iso.date().safeParse(text).success;
/** The day that a text names as 2026-01-31 or, as people in Italy write it, 31/01/2026: as `YYYY-MM-DD`, whether the calendar has it or not. */
export function dayOf(text: string): string | undefined {
  if (isWrittenDay.test(text)) return text;
  const [, day = '', month = '', year = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
  return year === '' ? undefined : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
const isWrittenDay = /^\d{4}-\d{2}-\d{2}$/;
/** A day in Europe/Rome. */
export const daySchema = z
  .string()
  .regex(isWrittenDay, { error: 'It must be a day such as 2026-01-31.', abort: true })
  .refine(isDay, { error: 'There is no such day.', abort: true })
  .refine((day) => day >= '1900-01-01', 'is before 1900')
  .meta({ format: 'date' });
/** The same in an address, where a person writes it. */
export const askedDaySchema = z
  .string()
  .transform((text) => dayOf(text.trim()) ?? text)
  .pipe(daySchema);

export const titleSchema = z.object({ official: textSchema, short: textSchema.exactOptional() });
/** What Windows and old Macs write between lines is one sign, so that one text has one hash. */
export const oneLineBreak = (text: string): string => text.replaceAll(/\r\n?/g, '\n');
export const noteSchema = z.object({
  includes: textSchema.exactOptional(),
  excludes: textSchema.exactOptional(),
  guidance: textSchema.exactOptional(),
});
export const attributeSchema = z.union([textSchema, z.boolean(), z.int()]);

export const entrySchema = z.object({
  conceptId: conceptIdSchema,
  code: codeSchema.nullable(),
  parentId: conceptIdSchema.nullable(),
  rank: z.int().min(-2_147_483_648).max(2_147_483_647),
  titles: z.record(languageSchema, titleSchema),
  notes: z.record(languageSchema, noteSchema),
  attributes: z.record(textSchema, attributeSchema),
});

export const placedEntrySchema = entrySchema.extend({
  level: numberSchema,
  parentCode: codeSchema.nullable(),
  path: z.array(codeSchema),
});

export const changeKindSchema = z.enum(changeKinds);
