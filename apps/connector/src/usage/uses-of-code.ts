import type { DataSource } from 'typeorm';
import { asKept, say } from '#words';
import type { ReachedTarget } from '../observation/reach-target.ts';
import { readRetiredWith } from './read-retired.ts';
import type { UsesOfCode, UsesQuery } from './schemas.ts';
import { reached, told } from './told.ts';

/** Records that one call of a driver lists the uses of. */
const mostRecords = 100;

/** What is to be tagged with something else, because it uses a record of a code that is out of use: page by page. */
export async function usesOfCode(
  db: DataSource,
  { id, scheme, opened }: ReachedTarget & { readonly id: string },
  code: string,
  { after = null, limit }: { readonly after?: string | null } & Pick<UsesQuery, 'limit'>,
  signal: AbortSignal,
): Promise<UsesOfCode> {
  const found = await readRetiredWith(db, { id, scheme }, code, mostRecords);
  const records = found.map(({ generation: _, ...record }) => record);
  const answer = { target: id, scheme, code, records, uses: [], next: null };
  const { driver, driverName } = opened;
  const list = driver.listUses?.bind(driver);
  if (!list)
    return {
      ...answer,
      isKnown: false,
      reason: asKept(say`the protocol ${driverName} cannot list what uses a record`),
    };
  const ids = records.map(({ externalId }) => externalId);
  const listed = await told(async () => {
    if (ids.length > 0) return list(ids, { after, limit }, signal);
    await reached(driver, signal);
    return { uses: [], next: null };
  }, signal);
  if ('reason' in listed) return { ...answer, isKnown: false, reason: listed.reason };
  const { uses, next } = listed.answer;
  return { ...answer, uses: [...uses], next, isKnown: true, reason: null };
}
