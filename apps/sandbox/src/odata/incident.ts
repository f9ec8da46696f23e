/** The standard table incident (cases), with the lookup by which a maker lets people tag a case with a process. */
export const incidentSet = 'incidents';
export const incidentBinding = 'mappa_Activity@odata.bind';

/** Properties that can be selected, filtered and grouped, with their columns. */
export const incidentColumns: ReadonlyMap<string, keyof Incident> = new Map([
  ['incidentid', 'id'],
  ['title', 'title'],
  ['_mappa_activity_value', 'activity_id'],
] as const);

/** One row of the table. */
export interface Incident {
  readonly n: number;
  readonly id: string;
  readonly title: string | null;
  readonly activity_id: string | null;
}
