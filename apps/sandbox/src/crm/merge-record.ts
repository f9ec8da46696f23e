import type { Activity, ColumnName, WritableActivity } from './activity.ts';
import type { IncomingRecord } from './read-record.ts';

/** The row as it will be: what the record names, else what is there. An empty name is ''. */
export function mergeRecord(
  row: Activity | undefined,
  { values }: IncomingRecord<ColumnName>,
  parentId: string | null | undefined,
): WritableActivity {
  const text = (column: 'name' | 'title' | 'valid_to' | 'mappa_id'): string | null => {
    const given = values.get(column);
    if (given === undefined) return row?.[column] ?? null;
    return given === null ? null : String(given);
  };
  const number = (column: 'level' | 'active'): number | null => {
    const given = values.get(column);
    if (given === undefined) return row?.[column] ?? null;
    return given === null ? null : Number(given);
  };
  return {
    name: text('name') ?? '',
    title: text('title'),
    level: number('level'),
    active: number('active') ?? 0,
    valid_to: text('valid_to'),
    parent_id: parentId === undefined ? (row?.parent_id ?? null) : parentId,
    mappa_id: text('mappa_id'),
  };
}
