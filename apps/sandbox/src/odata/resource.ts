import { alternateKeys, entitySet, properties, type AlternateKey } from './activity.ts';
import { badRequest, ODataError } from './odata-error.ts';

/** What a path names: the whole table, a record by id, or one by an alternate key. */
export type Resource =
  | { readonly by: 'table' }
  | { readonly by: 'id'; readonly id: string }
  | { readonly by: AlternateKey; readonly value: string };

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** With one of these in its value, no record is found by an alternate key. */
const unusable = /[/<>*%&:\\?+]/;

/** @param path below the service, percent-encoded: `mappa_activities(mappa_key='x')` */
export function readResource(path: string): Resource {
  const match = /^(\w+)(?:\((.*)\))?$/.exec(decodeURIComponent(path));
  if (match?.[1] !== entitySet) {
    throw new ODataError(404, '0x8006088a', `Resource not found for the segment '${match?.[1] ?? path}'.`);
  }
  const argument = match[2];
  if (argument === undefined) return { by: 'table' };
  if (guid.test(argument)) return { by: 'id', id: argument.toLowerCase() };
  const [, name = '', quoted = ''] = /^(\w+)='((?:[^']|'')*)'$/.exec(argument) ?? [];
  const by = alternateKeys.find((key) => properties.some((one) => one.column === key && one.name === name));
  if (!by) throw badRequest('The key in the request URI is not valid for this resource');
  if (unusable.test(quoted)) throw badRequest(`The value '${quoted}' cannot be used as an alternate key`);
  return { by, value: quoted.replaceAll("''", "'") };
}
