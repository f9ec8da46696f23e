import type { SQLOutputValue } from 'node:sqlite';
import type { Row } from '../store/read-row.ts';
import { activityObject } from './activity.ts';
import type { CrmObject, FieldType } from './crm-object.ts';
import { pathOf } from './soql-sql.ts';

/** `Parent__r.Name` -> the column name under which `selectFields` gives it. */
const aliasOf = (name: string): string => name.toLowerCase().replace('.', '$');

/** The columns of a select for these fields; ids come along for the attributes. */
export function selectFields(names: readonly string[], object: CrmObject): string {
  const columns = names.map((name) => {
    const { field, ofParent } = pathOf(name, object);
    return `${ofParent ? 'p' : 'a'}.${field.column} as "${aliasOf(name)}"`;
  });
  return ['a.id as "$id"', 'p.id as "$parent"', ...columns].join(', ');
}

/** One record in JSON, with its attributes, the fields in the order in which they were asked for. */
export function renderObject(
  row: Row,
  names: readonly string[],
  object: CrmObject,
  basePath: string,
): Record<string, unknown> {
  const { relation } = object.lookup;
  const record: Record<string, unknown> = { attributes: attributes(row['$id'], object, basePath) };
  let parent: Record<string, unknown> | null = null;
  for (const name of names) {
    const { field, ofParent } = pathOf(name, object);
    const value = rendered(field.type, row[aliasOf(name)]);
    if (!ofParent) record[field.name] = value;
    else if (row['$parent'] === null) record[relation] = null;
    else {
      parent ??= { attributes: attributes(row['$parent'], activityObject, basePath) };
      parent[field.name] = value;
      record[relation] = parent;
    }
  }
  return record;
}

const attributes = (id: SQLOutputValue | undefined, { name }: CrmObject, basePath: string): unknown => ({
  type: name,
  url: `${basePath}/sobjects/${name}/${String(id)}`,
});

export function rendered(type: FieldType, value: SQLOutputValue | undefined): unknown {
  if (value === null || value === undefined) return null;
  if (type === 'boolean') return value === 1;
  if (type === 'datetime') return typeof value === 'string' ? value.replace('Z', '+0000') : value;
  return value;
}
