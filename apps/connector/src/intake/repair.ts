import type { DataSource } from 'typeorm';
import { inTransaction, run, runCount, sql, type Logger } from '#platform';
import type { InForceEvent } from '#contracts';
import { ownActors, personOf } from '../audit/person.ts';
import { rollBack } from '../replica/roll-back.ts';
import type { CatalogClient } from './catalog-client.ts';
import { fetchSuccessions } from './fetch-successions.ts';
import type { Intake } from './intake.ts';
import { receiveRevisions } from './receive.ts';

export interface RepairContext {
  readonly dataSource: DataSource;
  readonly catalog: CatalogClient;
  readonly intake: Intake;
  readonly holeMs: number;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/**
 * Looks once for what the topics alone did not give, and fetches it from the catalog:
 * 1. a new epoch of the change log: the catalog was restored, so the replica goes back to the last revision that both
 *    know, and takes the others anew;
 * 2. a revision whose hash was not the published one: its changes are taken anew, then the whole map;
 * 3. a hole that lasts: a revision or some of its changes did not arrive, and nothing has come for a while;
 * 4. who took whose place, of revisions that were taken in before this was kept.
 * @returns whether there was something to fetch
 * @throws when the catalog does not answer; nothing is lost, and the next look tries again
 */
export async function repairOnce(context: RepairContext): Promise<boolean> {
  const { dataSource, logger } = context;
  const [epoch] = await run<{ epoch: string }>(
    dataSource,
    sql`select epoch from log_epoch where reconciled_at is null order by number desc limit 1`,
  );
  if (epoch) {
    logger.warn(epoch, 'the catalog has a new change log; comparing the replica with it');
    for (const scheme of await readSchemes(dataSource)) await reconcile(context, scheme);
    await runCount(dataSource, sql`update log_epoch set reconciled_at = now() where reconciled_at is null`);
    for (const scheme of await readSchemes(dataSource)) await context.intake.advance(scheme);
  }
  const damaged = await findDamaged(dataSource);
  for (const { scheme, number, repairs } of damaged) {
    logger.warn({ scheme, revision: number, repairs }, 'taking a damaged revision anew');
    const theirs = await context.catalog.revisions(scheme, context.signal);
    await takeAnew(context, scheme, repairs === 0 ? number - 1 : 0, theirs);
    await notePause(dataSource, scheme, number, repairs + 1);
  }
  const holes = await findHoles(dataSource, context.holeMs);
  for (const scheme of holes) {
    logger.warn({ scheme }, 'something did not arrive; asking the catalog');
    await fetchMissing(context, scheme, await context.catalog.revisions(scheme, context.signal));
  }
  const didLearn = await fetchSuccessions(context);
  return epoch !== undefined || didLearn || damaged.length + holes.length > 0;
}

/**
 * Learns from the catalog which revisions there are, so that a target is seen to be behind also while the topics are
 * silent. What the topics then do not bring is a hole.
 * @throws when the catalog does not answer
 */
export async function learnRevisions({
  dataSource,
  catalog,
  intake,
  signal,
}: Pick<RepairContext, 'dataSource' | 'catalog' | 'intake' | 'signal'>): Promise<void> {
  for (const scheme of await readSchemes(dataSource))
    await intake.takeRevisions(await catalog.revisions(scheme, signal), null);
}

async function reconcile(context: RepairContext, scheme: string): Promise<void> {
  const { dataSource, catalog, signal } = context;
  const theirs = await catalog.revisions(scheme, signal);
  const ours = await run<{ number: number; contentHash: string }>(
    dataSource,
    sql`select number, content_hash as "contentHash" from revision
        where scheme = ${scheme} and applied_at is not null order by number`,
  );
  const common = lastCommon(ours, theirs);
  await takeAnew(context, scheme, common, theirs);
}

/**
 * Goes back to a revision, and notes in the same transaction which ones are to come: whatever fails or is killed after
 * it leaves a hole, which the next look fills.
 */
async function takeAnew(
  context: RepairContext,
  scheme: string,
  revision: number,
  theirs: readonly InForceEvent[],
): Promise<void> {
  const personId = await personOf(context.dataSource, ownActors.replicaRepair);
  await inTransaction(context.dataSource, async (transaction) => {
    await rollBack(transaction, scheme, revision, theirs, personId);
    await receiveRevisions(transaction, theirs, null);
  });
  await fetchMissing(context, scheme, theirs);
}

/** Number of the last revision up to which two histories are the same; 0 for none. */
export function lastCommon(
  ours: readonly { readonly number: number; readonly contentHash: string }[],
  theirs: readonly Pick<InForceEvent, 'revision' | 'contentHash'>[],
): number {
  const known = new Map(theirs.map(({ revision, contentHash }) => [revision, contentHash]));
  const different = ours.findIndex(({ number, contentHash }) => known.get(number) !== contentHash);
  return (different < 0 ? ours : ours.slice(0, different)).at(-1)?.number ?? 0;
}

/** Takes in every revision that is not applied, with the changes that are missing, in order. */
async function fetchMissing(
  { dataSource, catalog, intake, signal }: RepairContext,
  scheme: string,
  revisions: readonly InForceEvent[],
): Promise<void> {
  await intake.takeRevisions(revisions, null);
  const incomplete = await run<{ number: number; after: number }>(
    dataSource,
    sql`select r.number, coalesce(
          (select min(c.index) - 1 from generate_series(1, r.changes) as c(index)
           where not exists (select from received_change x
             where x.scheme = r.scheme and x.revision = r.number and x.index = c.index)), r.changes)::int as after
        from revision r where r.scheme = ${scheme} and r.applied_at is null order by r.number`,
  );
  for (const { number, after } of incomplete) {
    for await (const page of catalog.changes(scheme, number, after, signal))
      await intake.takeChanges(page, null);
  }
}

async function readSchemes(dataSource: DataSource): Promise<string[]> {
  const rows = await run<{ scheme: string }>(
    dataSource,
    sql`select scheme from revision union select scheme from received_change union select scheme from target`,
  );
  return rows.map(({ scheme }) => scheme);
}

async function findDamaged(
  dataSource: DataSource,
): Promise<{ readonly scheme: string; readonly number: number; readonly repairs: number }[]> {
  return run(
    dataSource,
    sql`select scheme, number, repairs from revision
        where problem is not null and applied_at is null and repair_at <= now() order by scheme, number`,
  );
}

/** If it is damaged still, wait longer before each further attempt, at most about an hour. */
async function notePause(
  dataSource: DataSource,
  scheme: string,
  number: number,
  repairs: number,
): Promise<void> {
  await runCount(
    dataSource,
    sql`update revision set repairs = ${repairs},
          repair_at = now() + least(10 * power(2, ${repairs}::int), 3600) * interval '1 second'
        where scheme = ${scheme} and number = ${number} and applied_at is null`,
  );
}

/** Schemes with something that is not applied, and for which nothing has come for a while. */
async function findHoles(dataSource: DataSource, holeMs: number): Promise<string[]> {
  const rows = await run<{ scheme: string }>(
    dataSource,
    sql`select scheme from (
          select scheme, received_at from revision where applied_at is null and problem is null
          union all
          select scheme, received_at from received_change) as waiting
        group by scheme having max(received_at) < now() - ${holeMs} * interval '1 millisecond'`,
  );
  return rows.map(({ scheme }) => scheme);
}
