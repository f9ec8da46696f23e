import { z } from 'zod';
import type { Step, StoredRecord } from '../driver.ts';
import { dayInRome, endOfDayInRome } from '../valid-to.ts';

const text = z.string().nullish();

/** A resource of our type as a server gives it. */
export const activityCode = z.looseObject({
  id: z.string().min(1),
  externalId: text,
  code: text,
  title: text,
  level: z.number().nullish(),
  active: z.boolean().nullish(),
  validTo: text,
  parent: z.looseObject({ value: text }).nullish(),
});
export type ActivityCode = z.infer<typeof activityCode>;

const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** Attributes of a step; null is unassigned (RFC 7643, 2.5). */
function attributes({ key, content }: Step): [name: string, value: unknown][] {
  const { code, title, level, active, validTo, parent } = content;
  return [
    ['externalId', key],
    ['code', code],
    ['title', title],
    ['level', level],
    ['active', active],
    ['validTo', validTo === null ? null : new Date(endOfDayInRome(validTo)).toISOString()],
    ['parent', parent === null ? null : { value: parent }],
  ];
}

/** The body that creates the record of a step. */
export function renderResource(step: Step, schema: string): Record<string, unknown> {
  const assigned = attributes(step).filter(([, value]) => value !== null);
  return { schemas: [schema], ...Object.fromEntries(assigned) };
}

/** The body that makes a record equal to a step (RFC 7644, 3.5.2), and leaves alone what is not ours. */
export function renderPatch(step: Step): Record<string, unknown> {
  const all = attributes(step);
  const assigned = Object.fromEntries(all.filter(([, value]) => value !== null));
  const unassigned = all.filter(([, value]) => value === null);
  return {
    schemas: [patchOp],
    Operations: [{ op: 'replace', value: assigned }, ...unassigned.map(([path]) => ({ op: 'remove', path }))],
  };
}

export function toStoredRecord({
  id,
  externalId,
  code,
  title,
  level,
  active,
  validTo,
  parent,
}: ActivityCode): StoredRecord {
  const until = Date.parse(validTo ?? '');
  return {
    externalId: id,
    key: externalId ?? null,
    content: {
      code: code ?? '',
      title: title ?? '',
      parent: parent?.value ?? null,
      level: level ?? null,
      active: active ?? true,
      validTo: Number.isNaN(until) ? null : dayInRome(until),
    },
  };
}
