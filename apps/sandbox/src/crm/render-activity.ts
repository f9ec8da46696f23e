import type { SQLOutputValue } from 'node:sqlite';
import type { Row } from '../store/read-row.ts';
import { objectName, type FieldType } from './activity.ts';
import { pathOf } from './soql-sql.ts';

/** `Parent__r.Name` -> the column name under which `selectFields` gives it. */
const aliasOf = (name: string): string => name.toLowerCase().replace('.', '$');

/** The columns of a select for these fields; ids come along for the attributes. */
export function selectFields(names: readonly string[]): string {
  const columns = names.map((name) => {
    const { field, ofParent } = pathOf(name);
    return `${ofParent ? 'p' : 'a'}.${field.column} as "${aliasOf(name)}"`;
  });
  return ['a.id as "$id"', 'p.id as "$parent"', ...columns].join(', ');
}

/** One record in JSON, with its attributes, the fields in the order in which they were asked for. */
export function renderActivity(
  row: Row,
  names: readonly string[],
  basePath: string,
): Record<string, unknown> {
  const record: Record<string, unknown> = { attributes: attributes(row['$id'], basePath) };
  let parent: Record<string, unknown> | null = null;
  for (const name of names) {
    const { field, ofParent } = pathOf(name);
    const value = rendered(field.type, row[aliasOf(name)]);
    if (!ofParent) record[field.name] = value;
    else if (row['$parent'] === null) record['Parent__r'] = null;
    else {
      parent ??= { attributes: attributes(row['$parent'], basePath) };
      parent[field.name] = value;
      record['Parent__r'] = parent;
    }
  }
  return record;
}

const attributes = (id: SQLOutputValue | undefined, basePath: string): unknown => ({
  type: objectName,
  url: `${basePath}/sobjects/${objectName}/${String(id)}`,
});

function rendered(type: FieldType, value: SQLOutputValue | undefined): unknown {
  if (value === null || value === undefined) return null;
  if (type === 'boolean') return value === 1;
  if (type === 'datetime') return typeof value === 'string' ? value.replace('Z', '+0000') : value;
  return value;
}
