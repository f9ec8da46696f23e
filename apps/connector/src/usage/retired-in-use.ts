import type { DataSource } from 'typeorm';
import { refuse, type Refusal } from '#platform';
import { conceptIdSchema } from '#contracts';
import { asKept, say } from '#words';
import type { ReachedTarget } from '../observation/reach-target.ts';
import { readRetired, type Place } from './read-retired.ts';
import type { RetiredInUse, UsesQuery } from './schemas.ts';
import { reached, told } from './told.ts';

/** The retired codes of a target that things use still, with what to use instead: a page of its retired records. */
export async function retiredInUse(
  db: DataSource,
  { id, scheme, opened }: ReachedTarget & { readonly id: string },
  { after, limit }: UsesQuery,
  signal: AbortSignal,
): Promise<RetiredInUse | Refusal> {
  const place = after === undefined ? null : readPlace(after);
  if (place === undefined) return noPlace;
  const found = await readRetired(db, { id, scheme }, place, limit);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const next = found.length > limit && last ? `${last.conceptId}:${last.generation}` : null;
  const unknown = (reason: string): RetiredInUse => ({
    target: id,
    scheme,
    isKnown: false,
    reason,
    next: null,
    asked: 0,
    records: [],
  });

  const { driver, driverName } = opened;
  const count = driver.countUses?.bind(driver);
  if (!count) return unknown(asKept(say`the protocol ${driverName} cannot count uses`));
  const ids = page.map(({ externalId }) => externalId);
  const counted = await told(async () => {
    if (ids.length > 0) return count(ids, signal);
    await reached(driver, signal);
    return new Map<string, number>();
  }, signal);
  if ('reason' in counted) return unknown(counted.reason);
  const records = page.flatMap(({ generation: _, ...record }) => {
    const uses = counted.answer.get(record.externalId) ?? 0;
    return uses > 0 ? [{ ...record, uses }] : [];
  });
  return { target: id, scheme, isKnown: true, reason: null, next, asked: page.length, records };
}

function readPlace(after: string): Place | undefined {
  const [id, generation = '', ...more] = after.split(':');
  const conceptId = conceptIdSchema.safeParse(id);
  const isPlace = conceptId.success && /^\d{1,9}$/.test(generation) && more.length === 0;
  return isPlace ? { conceptId: conceptId.data, generation: Number(generation) } : undefined;
}

const noPlace = refuse('page-unknown', {
  status: 400,
  title: say`There is no such page`,
  detail: say`Give as "after" what "next" of the page before says.`,
});
