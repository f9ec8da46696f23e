import type { DataSource } from 'typeorm';
import { run, sql, type ActorIdentity } from '#platform';

/** What acts by itself, with nobody behind it. */
export const ownActors = {
  targetsFile: { id: 'targets-file' },
  replicaRepair: { id: 'replica-repair' },
} as const satisfies Readonly<Record<string, Pick<ActorIdentity, 'id'>>>;

/**
 * The random id of whoever acts, known from now on if it was not. Runs by itself and not in the caller's transaction: a
 * new row that waits for a commit would make others wait who hold the audit log.
 */
export async function personOf(db: DataSource, { id: subject }: Pick<ActorIdentity, 'id'>): Promise<string> {
  const [known] = await run<{ id: string }>(db, sql`select id from person where subject = ${subject}`);
  if (known) return known.id;
  const [person] = await run<{ id: string }>(
    db,
    sql`insert into person (subject) values (${subject})
        on conflict (subject) do update set subject = excluded.subject returning id`,
  );
  if (!person) throw new Error(`no person for ${subject}`);
  return person.id;
}
