export type ColumnName = 'key' | 'code' | 'title' | 'level' | 'valid_to' | 'statecode' | 'statuscode';

export interface Property {
  readonly name: string;
  readonly column: ColumnName;
  readonly type: 'text' | 'whole' | 'date';
  /** Characters of a text. */
  readonly longest?: number;
}

/** The table mappa_activity as a maker of the environment would have made it for the map. */
export const logicalName = 'mappa_activity';
export const entitySet = 'mappa_activities';
export const idProperty = 'mappa_activityid';
export const parentIdProperty = '_mappa_parent_value';
export const parentBinding = 'mappa_Parent@odata.bind';
export const properties: readonly Property[] = [
  { name: 'mappa_key', column: 'key', type: 'text', longest: 100 },
  { name: 'mappa_code', column: 'code', type: 'text', longest: 100 },
  { name: 'mappa_title', column: 'title', type: 'text', longest: 4000 },
  { name: 'mappa_level', column: 'level', type: 'whole' },
  { name: 'mappa_validto', column: 'valid_to', type: 'date' },
  { name: 'statecode', column: 'statecode', type: 'whole' },
  { name: 'statuscode', column: 'statuscode', type: 'whole' },
];

/** Properties that are alternate keys: a record is found by them, and no two records have the same. */
export const alternateKeys = ['key', 'code'] as const;
export type AlternateKey = (typeof alternateKeys)[number];

/** One row of the table. `valid_to` is `YYYY-MM-DD`; statecode 0 is active, 1 inactive. */
export interface Activity {
  readonly n: number;
  readonly id: string;
  readonly key: string | null;
  readonly code: string | null;
  readonly title: string | null;
  readonly level: number | null;
  readonly valid_to: string | null;
  readonly statecode: number;
  readonly statuscode: number;
  readonly parent_id: string | null;
  readonly version: number;
}

export type WritableActivity = Omit<Activity, 'n' | 'version'>;
