import { run, sql, type ActorIdentity } from '#platform';
import type { DataSource } from 'typeorm';

declare const brand: unique symbol;
/** Random id of somebody who acts: a person, a machine, or a named actor of ours. Names stand in the table `person` alone. */
export type PersonId = string & { readonly [brand]: 'PersonId' };

/** The only place where a text becomes the id of a person. */
export const personFrom = (uuid: string): PersonId => uuid as PersonId; // oxlint-disable-line typescript/no-unsafe-type-assertion

/**
 * Who a token means, known from now on if it was not. Runs by itself and not in the caller's transaction: a new row
 * that waits for a commit would make others wait who hold the audit log.
 */
export async function personOf(
  db: DataSource,
  { id: subject, name = null }: Pick<ActorIdentity, 'id'> & { readonly name?: string | null },
): Promise<PersonId> {
  const [known] = await run<{ id: PersonId; name: string | null }>(
    db,
    sql`select id, name from person where subject = ${subject}`,
  );
  if (known && (name === null || known.name === name)) return known.id;
  const [person] = await run<{ id: PersonId }>(
    db,
    sql`
    insert into person (subject, name) values (${subject}, ${name})
    on conflict (subject) do update set name = coalesce(excluded.name, person.name)
    returning id`,
  );
  if (!person) throw new Error(`no person for ${subject}`);
  return person.id;
}
