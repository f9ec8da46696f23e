import type { DataSource } from 'typeorm';
import { inTransaction, refuse, run, sql, type ActorIdentity, type Executor, type Refusal } from '#platform';
import { say } from '#words';
import { appendAudit } from '../audit/audited.ts';
import { personOf } from '../audit/person.ts';
import { readConsumers } from './read-consumers.ts';
import type { Checkpoint, Consumer } from './schemas.ts';

const mostConsumers = 1_000;

/** A reader says what it holds. The first word of it registers it, audited, for whoever speaks; nobody else may report for it, but where they were erased. */
export async function reportCheckpoint(
  db: DataSource,
  actor: ActorIdentity,
  id: string,
  { scheme, revision, hash }: Checkpoint,
): Promise<Consumer | Refusal> {
  const personId = await personOf(db, actor);
  return inTransaction(db, async (transaction) => {
    await run(transaction, sql`select pg_advisory_xact_lock(hashtextextended('consumers', 0))`);
    const known = await run<{ personId: string }>(
      transaction,
      sql`select distinct person_id as "personId" from consumer join person on person.id = person_id
          where consumer.id = ${id} and subject is not null`,
    );
    if (known.some((each) => each.personId !== personId)) return notYours(id);
    if (known.length === 0 && (await countConsumers(transaction)) >= mostConsumers) return tooMany();
    const [made] = await run<{ isNew: boolean }>(
      transaction,
      sql`insert into consumer (id, scheme, person_id, revision, content_hash)
          values (${id}, ${scheme}, ${personId}, ${revision}, ${hash})
          on conflict (id, scheme) do update set person_id = excluded.person_id, revision = excluded.revision, content_hash = excluded.content_hash,
            reported_at = now()
          returning xmax = 0 as "isNew"`,
    );
    const act = { action: 'consumer-registered', subject: `consumer/${id}`, details: { scheme } };
    if (made?.isNew || known.length === 0) await appendAudit(transaction, { personId }, [act]);
    const [consumer] = await readConsumers(transaction, { id, scheme });
    if (!consumer) throw new Error(`the consumer ${id} is not there`);
    return consumer;
  });
}

async function countConsumers(executor: Executor): Promise<number> {
  const [row] = await run<{ count: number }>(executor, sql`select count(*)::int as count from consumer`);
  return row?.count ?? 0;
}

function notYours(id: string): Refusal {
  return refuse('consumer-of-another', {
    status: 403,
    title: say`Somebody else reports for this consumer`,
    detail: say`"${id}" was registered by another client; take an id of your own.`,
  });
}

function tooMany(): Refusal {
  return refuse('too-many-consumers', {
    status: 409,
    title: say`There are too many consumers`,
    detail: say`No more than ${mostConsumers} can be registered.`,
  });
}
