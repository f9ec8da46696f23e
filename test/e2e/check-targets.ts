import { z } from 'zod';
import { exportedMap } from '../support/exported-map.ts';

const recordsSchema = z.array(
  z.object({
    key: z.string().nullable(),
    code: z.string(),
    title: z.string().nullable(),
    parentCode: z.string().nullable(),
    active: z.boolean(),
  }),
);

export const servers = ['crm', 'cmis', 'scim'] as const;
export type ServerName = (typeof servers)[number];

interface Addresses {
  readonly catalog: string;
  readonly sandbox: string;
}

async function read<T>(schema: z.ZodType<T>, address: string): Promise<T> {
  return schema.parse(await (await fetch(address)).json());
}

/** What a server holds, told by the server itself. */
export async function recordsOf(addresses: Addresses, server: ServerName) {
  return read(recordsSchema, `${addresses.sandbox}/control/${server}/records`);
}

/**
 * Compares what a server holds with the map in force, knowing nothing of the connector: every coded entry is there
 * in use once, with its code, title and parent (a record may have succeeded another of its concept); everything else that
 * is ours is retired; nothing is there twice.
 * @returns what is wrong, in words; an empty list when the server holds exactly the map
 */
export async function differences(addresses: Addresses, server: ServerName): Promise<string[]> {
  const { entries } = await read(
    exportedMap,
    `${addresses.catalog}/api/v1/schemes/processi-camerali/export.json`,
  );
  const records = await recordsOf(addresses, server);
  const wrong: string[] = [];
  const byKey = Map.groupBy(records, ({ key }) => key ?? '');
  for (const [key, twins] of byKey) if (twins.length > 1) wrong.push(`${key} is there ${twins.length} times`);
  const coded = entries.filter(({ code }) => code !== null);
  for (const { conceptId, code, parentCode, titles } of coded) {
    const ours = records.filter(({ key }) => conceptOf(key) === conceptId);
    const record = ours.find(({ active }) => active) ?? ours[0];
    if (ours.filter(({ active }) => active).length > 1) wrong.push(`${code} is in use more than once`);
    const title = titles['it']?.official ?? '[titolo mancante nel documento]';
    if (!record) wrong.push(`${code} is missing`);
    else if (!record.active) wrong.push(`${code} is not active`);
    else if (record.code !== code) wrong.push(`${code} carries the code ${record.code}`);
    else if (record.title !== title) wrong.push(`${code} is called "${record.title}" instead of "${title}"`);
    else if (record.parentCode !== parentCode)
      wrong.push(`${code} stands below ${record.parentCode} instead of ${parentCode}`);
  }
  const inForce = new Set(coded.map(({ conceptId }) => conceptId));
  for (const { key, code, active } of records)
    if (active && !inForce.has(conceptOf(key))) wrong.push(`${code} is active, and not in the map`);
  return wrong;
}

/** A key without its generation. */
function conceptOf(key: string | null): string {
  return key?.split(':')[0] ?? '';
}
