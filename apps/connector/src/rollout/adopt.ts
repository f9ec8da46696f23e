import { refuse, run, runCount, sql, type Executor, type Refusal } from '#platform';
import { say } from '#words';
import { wake } from '../delivery/wake.ts';
import type { Adoption } from './schemas.ts';
import { refuseUnknownRevision } from './find-revision.ts';

/**
 * An organisation adopts a revision from a day (Europe/Rome), all its targets together: earlier or later than its
 * effective date. Later revisions without an act of their own are not adopted before it. An act replaces an earlier one.
 */
export async function adopt(
  transaction: Executor,
  organisationId: string,
  { scheme, revision, from }: Adoption,
): Promise<Adoption | Refusal> {
  const refusal =
    (await refuseUnknownOrganisation(transaction, organisationId)) ??
    (await refuseUnknownRevision(transaction, scheme, revision));
  if (refusal) return refusal;
  await runCount(
    transaction,
    sql`insert into adoption (organisation_id, scheme, revision, adopted_from)
        values (${organisationId}, ${scheme}, ${revision}, ${from})
        on conflict (organisation_id, scheme, revision) do update set adopted_from = excluded.adopted_from`,
  );
  await wake(transaction);
  return { scheme, revision, from };
}

/** The acts of an organisation; revisions without one are adopted as its `adopts` says. */
export async function readAdoptions(
  executor: Executor,
  organisationId: string,
): Promise<{ items: Adoption[] } | Refusal> {
  const refusal = await refuseUnknownOrganisation(executor, organisationId);
  if (refusal) return refusal;
  const items = await run<Adoption>(
    executor,
    sql`select scheme, revision, adopted_from as "from" from adoption where organisation_id = ${organisationId}
        order by scheme, revision`,
  );
  return { items };
}

async function refuseUnknownOrganisation(executor: Executor, id: string): Promise<Refusal | null> {
  if ((await run(executor, sql`select from organisation where id = ${id}`)).length > 0) return null;
  return refuse('organisation-unknown', {
    status: 404,
    title: say`There is no such organisation`,
    detail: say`No organisation has the id "${id}".`,
  });
}
