import type { DataSource, EntityManager } from 'typeorm';
import {
  inTransaction,
  isRefusal,
  run,
  sql,
  type ActorIdentity,
  type Executor,
  type Refusal,
} from '#platform';
import { personOf } from './person.ts';

export interface Act {
  /** `target-paused` */
  readonly action: string;
  /** What it was done to: `target/<id>`, `system/<id>`, `revision/<scheme>/<number>` */
  readonly subject: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Somebody who acts, by random id. */
export interface Person {
  readonly personId: string;
}

/**
 * Does what a person asks, and writes it to the audit log in the same transaction: both happen or neither.
 * @param work gets the random id of the person
 * @param isDone whether its result says that anything was done, which alone is written
 */
export async function audited<T>(
  db: DataSource,
  actor: ActorIdentity,
  act: Act,
  work: (transaction: EntityManager, personId: string) => Promise<T | Refusal>,
  isDone: (result: T) => boolean = () => true,
): Promise<T | Refusal> {
  const personId = await personOf(db, actor);
  return inTransaction(db, async (transaction) => {
    const result = await work(transaction, personId);
    if (!isRefusal(result) && isDone(result)) await appendAudit(transaction, { personId }, [act]);
    return result;
  });
}

/** Writes acts, in their order. Call it as the last step of a transaction: the chain is held until the commit. */
export async function appendAudit(
  transaction: Executor,
  { personId }: Person,
  acts: readonly Act[],
): Promise<void> {
  await run(
    transaction,
    sql`insert into audit (actor, action, subject, details)
        select ${personId}, a.action, a.subject, coalesce(a.details, '{}')
        from unnest(${acts.map(({ action }) => action)}::text[], ${acts.map(({ subject }) => subject)}::text[],
          ${acts.map(({ details = {} }) => JSON.stringify(details))}::jsonb[])
          with ordinality as a(action, subject, details, place)
        order by a.place`,
  );
}
