import { asKept, say } from '#words';
import { z } from 'zod';
import { TargetError, type StoredRecord } from '../driver.ts';
import type { SoqlRow } from './query.ts';
import type { CrmSettings } from './settings.ts';

const text = z.string().nullish();
const rowValues = z.object({
  id: z.string(),
  key: text,
  code: text,
  title: text,
  level: z.number().nullish(),
  active: z.boolean().nullish(),
  validTo: text,
  parent: text,
});

/** @throws TargetError when a field holds another type than the settings say */
export function toStoredRecord(row: SoqlRow, { fields }: CrmSettings): StoredRecord {
  const values = rowValues.safeParse({
    id: row['Id'],
    ...Object.fromEntries(Object.entries(fields).map(([ours, theirs]) => [ours, row[theirs]])),
  });
  if (!values.success) {
    const [issue] = values.error.issues;
    throw new TargetError({
      is: 'failing',
      reason: asKept(
        say`a record of the CRM cannot be read: ${`${issue?.path.join('.')} ${issue?.message}`}`,
      ),
    });
  }
  const { id, key, code, title, level, active, validTo, parent } = values.data;
  return {
    externalId: id,
    key: key ?? null,
    content: {
      code: code ?? '',
      title: title ?? '',
      parent: parent ?? null,
      level: level ?? null,
      active: active ?? false,
      validTo: validTo ?? null,
    },
  };
}
