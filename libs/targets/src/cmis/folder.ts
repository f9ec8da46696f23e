import { asKept, say } from '#words';
import { z } from 'zod';
import type { RecordContent, StoredRecord } from '../driver.ts';
import { dayInRome, endOfDayInRome } from '../valid-to.ts';
import { folderName } from './folder-name.ts';
import type { CmisSettings } from './settings.ts';

const text = z.string().nullish();

/** An object of the browser binding with `succinct=true`; values are JSON, datetimes milliseconds since 1970. */
export const cmisObject = z.looseObject({
  succinctProperties: z.looseObject({
    'cmis:objectId': z.string().min(1),
    'cmis:name': z.string(),
    'cmis:baseTypeId': text,
    'cmis:parentId': text,
    'cmis:path': text,
    'cmis:changeToken': text,
  }),
});

export interface Folder {
  readonly id: string;
  readonly name: string;
  readonly parentId: string | null;
  /** From the repository root; names are separated by slashes. */
  readonly path: string;
  readonly changeToken: string | null;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Where something is filed. */
export type Place = Pick<Folder, 'id' | 'path'>;

export const isBelow = ({ path }: Place, root: Place): boolean => path.startsWith(`${root.path}/`);

/** Why a folder is left as it is; null for one of ours below the root. */
export function whyLeft(folder: Folder, root: Place, { type, properties }: CmisSettings): string | null {
  if (!(properties.key in folder.properties))
    return asKept(say`the folder ${folder.path} is not of type ${type}`);
  return isBelow(folder, root) ? null : asKept(say`the folder ${folder.path} is outside ${root.path}`);
}

export function toFolder({ succinctProperties: properties }: z.infer<typeof cmisObject>): Folder {
  return {
    id: properties['cmis:objectId'],
    name: properties['cmis:name'],
    parentId: properties['cmis:parentId'] ?? null,
    path: properties['cmis:path'] ?? '',
    changeToken: properties['cmis:changeToken'] ?? null,
    properties,
  };
}

/** Values of the properties that a folder of this content has; null is "not set". */
export function propertiesOf(
  key: string,
  content: RecordContent,
  { properties, longestName }: CmisSettings,
): ReadonlyMap<string, string | null> {
  return new Map([
    ['cmis:name', folderName(content.code, content.title, longestName)],
    [properties.key, key],
    [properties.code, content.code],
    [properties.title, content.title],
    [properties.active, String(content.active)],
    [properties.validTo, content.validTo === null ? null : String(endOfDayInRome(content.validTo))],
  ]);
}

/** What has to be written to make a folder equal. */
export function differences(
  folder: Folder,
  wanted: ReadonlyMap<string, string | null>,
): ReadonlyMap<string, string | null> {
  const held = (id: string): string | null => {
    const value = folder.properties[id] ?? null;
    return value === null || typeof value === 'string' ? value : JSON.stringify(value);
  };
  return new Map([...wanted].filter(([id, value]) => held(id) !== value));
}

/** @param rootId parent of the entries without a parent */
export function toStoredRecord(
  { id, parentId, properties }: Folder,
  rootId: string,
  settings: CmisSettings,
): StoredRecord {
  const ids = settings.properties;
  const textOf = (property: string): string | null => {
    const value = properties[property];
    return typeof value === 'string' ? value : null;
  };
  const validTo = properties[ids.validTo];
  return {
    externalId: id,
    key: textOf(ids.key),
    content: {
      code: textOf(ids.code) ?? '',
      title: textOf(ids.title) ?? '',
      parent: parentId === rootId ? null : parentId,
      level: null,
      active: properties[ids.active] !== false,
      validTo: typeof validTo === 'number' ? dayInRome(validTo) : null,
    },
  };
}
