import { idProperty, parentIdProperty, properties, type Activity } from './activity.ts';
import { ODataError } from './odata-error.ts';

export const etagOf = ({ version }: Activity): string => `W/"${version}"`;

/** One record in JSON with the properties of `$select`, all of them without one. */
export function renderActivity(row: Activity, select: string | null): Record<string, unknown> {
  const all = new Map<string, unknown>([
    [idProperty, row.id],
    [parentIdProperty, row.parent_id],
    ...properties.map(({ name, column }) => [name, row[column]] as const),
  ]);
  const names = select === null ? [...all.keys()] : select.split(',').map((name) => name.trim());
  return {
    '@odata.etag': etagOf(row),
    ...Object.fromEntries(names.map((name) => [name, all.get(known(name, all))])),
  };
}

function known(name: string, all: ReadonlyMap<string, unknown>): string {
  if (all.has(name)) return name;
  const message = `Could not find a property named '${name}' on type 'Microsoft.Dynamics.CRM.mappa_activity'.`;
  throw new ODataError(400, '0x80060888', message);
}

/** So that a wrong `$select` is refused by an empty table too. */
export function checkSelect(select: string | null): void {
  const nobody = { id: '', key: null, code: null, title: null, level: null, valid_to: null, parent_id: null };
  renderActivity({ ...nobody, n: 0, statecode: 0, statuscode: 1, version: 0 }, select);
}
