import { asKept, say } from '#words';
import { z } from 'zod';
import { TargetError, type Step, type StoredRecord } from '../driver.ts';
import { keyOfText, keyText } from './key-text.ts';
import type { ODataSettings } from './settings.ts';

export type ODataRecord = Readonly<Record<string, unknown>>;

/** The resource that a step writes: by our key while nobody knows the id, else by the id. */
export function resourceOf({ key, externalId }: Step, { entitySet, fields }: ODataSettings): string {
  return externalId === null
    ? `${entitySet}(${fields.key}='${encodeURIComponent(keyText(key).replaceAll("'", "''"))}')`
    : resourceOfId(externalId, { entitySet });
}

export const resourceOfId = (externalId: string, { entitySet }: Pick<ODataSettings, 'entitySet'>): string =>
  `${entitySet}(${encodeURIComponent(externalId)})`;

/** The body of a PATCH. The alternate key of an upsert stands in its address only: in the body as well, Dataverse refuses it. */
export function renderRecord(
  { key, externalId, content }: Step,
  { entitySet, fields, active, inactive }: ODataSettings,
): ODataRecord {
  return {
    ...(externalId === null ? {} : { [fields.key]: keyText(key) }),
    [fields.code]: content.code,
    [fields.title]: content.title,
    ...(fields.level === null ? {} : { [fields.level]: content.level }),
    ...(fields.validTo === null ? {} : { [fields.validTo]: content.validTo }),
    ...(content.active ? active : inactive),
    [`${fields.parent}@odata.bind`]: content.parent === null ? null : `/${entitySet}(${content.parent})`,
  };
}

/** All properties that say what a record holds, for `$select`. */
export function selected({ fields, active }: ODataSettings): string {
  const { id, key, code, title, level, validTo, parentId } = fields;
  const ours = [id, key, code, title, level, validTo, parentId, ...Object.keys(active)];
  return ours.filter((name) => name !== null).join(',');
}

const text = z.string().nullish();
const rowValues = z.object({
  id: z.string().min(1),
  key: text,
  code: text,
  title: text,
  level: z.number().nullish(),
  validTo: text,
  parent: text,
});

/** @throws TargetError when a property holds another type than the settings say */
export function toStoredRecord(row: ODataRecord, { fields, active }: ODataSettings): StoredRecord {
  const { parentId, parent: _navigation, ...plain } = fields;
  const read = rowValues.safeParse({
    ...Object.fromEntries(Object.entries(plain).map(([ours, theirs]) => [ours, theirs && row[theirs]])),
    parent: row[parentId],
  });
  if (!read.success) {
    const [issue] = read.error.issues;
    const where = `${issue?.path.join('.')} ${issue?.message}`;
    const reason = asKept(say`a record cannot be read: ${where}`);
    throw new TargetError({ is: 'failing', reason });
  }
  const { id, key, code, title, level, validTo, parent } = read.data;
  return {
    externalId: id,
    key: key ? keyOfText(key) : null,
    content: {
      code: code ?? '',
      title: title ?? '',
      parent: parent ?? null,
      level: level ?? null,
      active: Object.entries(active).every(([name, value]) => row[name] === value),
      validTo: validTo ?? null,
    },
  };
}
