import type { DataSource } from 'typeorm';
import { inTransaction, refuse, run, runCount, sql, sqlState, type Executor, type Refusal } from '#platform';
import { inWords, say } from '#words';
import { foldRevision, type ReadyRevision } from './fold-revision.ts';

/** A revision that the replica holds now, with the times that its stages took. */
export interface AppliedRevision {
  readonly scheme: string;
  readonly number: number;
  readonly publishedAt: Date;
  /** When its event came to the broker; null: it was read from the catalog's API. */
  readonly brokerAt: Date | null;
}

/**
 * Applies every revision of a scheme that is complete and whose base is applied, in order.
 * Several processes may call it at once: they take turns.
 * @returns what was applied now, and the refusal that stopped it when a hash was not the published one
 */
export async function advance(
  dataSource: DataSource,
  scheme: string,
): Promise<{ readonly applied: AppliedRevision[]; readonly stoppedBy: Refusal | null }> {
  const applied: AppliedRevision[] = [];
  for (;;) {
    const next = await inTransaction(dataSource, (transaction) => applyNext(transaction, scheme));
    if (next === null) return { applied, stoppedBy: null };
    if (!('number' in next)) {
      await noteProblem(dataSource, scheme, next);
      return { applied, stoppedBy: next };
    }
    applied.push(next);
  }
}

async function applyNext(transaction: Executor, scheme: string): Promise<AppliedRevision | Refusal | null> {
  await run(transaction, sql`select pg_advisory_xact_lock(hashtextextended(${`fold ${scheme}`}, 0))`);
  const revision = await findReady(transaction, scheme);
  if (!revision) return null;
  const hash = await foldRevision(transaction, revision).catch(whyNotHeld);
  if (hash === revision.contentHash) {
    await runCount(
      transaction,
      sql`delete from replica_repair where scheme = ${scheme} and until_revision <= ${revision.number}`,
    );
    return revision;
  }
  return refuse('hash-differs', {
    title: say`The replica is not the published map`,
    detail: say`Revision ${revision.number} of ${scheme} has the hash ${hash}, published was ${revision.contentHash}.`,
    extensions: { revision: revision.number },
  });
}

/** Changes that the tables cannot hold (SQLSTATE classes 22 and 23) are no map; anything else is an error of its own. */
function whyNotHeld(error: unknown): string {
  if (!/^2[23]/.test(sqlState(error) ?? '')) throw error;
  return `none (${error instanceof Error ? error.message : 'unreadable'})`;
}

async function findReady(
  executor: Executor,
  scheme: string,
): Promise<(ReadyRevision & AppliedRevision) | undefined> {
  const [revision] = await run<ReadyRevision & AppliedRevision>(
    executor,
    sql`select r.scheme, r.number, r.content_hash as "contentHash", r.published_at as "publishedAt", r.broker_at as "brokerAt"
        from revision r
        where r.scheme = ${scheme} and r.applied_at is null and r.problem is null
          and r.base_revision is not distinct from
            (select max(number) from revision where scheme = ${scheme} and applied_at is not null)
          and r.changes = (select count(*) from received_change c where c.scheme = r.scheme and c.revision = r.number)
          and not exists (select from log_epoch where reconciled_at is null)
        order by r.number limit 1`,
  );
  return revision;
}

async function noteProblem(
  dataSource: DataSource,
  scheme: string,
  { detail, extensions }: Refusal,
): Promise<void> {
  await runCount(
    dataSource,
    sql`update revision set problem = ${detail ? inWords(detail, 'en') : null}, repair_at = now()
        where scheme = ${scheme} and number = ${extensions['revision']} and applied_at is null`,
  );
}
