import { refuse, run, runCount, sql, type Executor, type Refusal } from '#platform';
import { say, type Sentence } from '#words';
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
): Promise<(Adoption & { readonly note: Sentence | null }) | Refusal> {
  const refusal =
    (await refuseUnknownOrganisation(transaction, organisationId)) ??
    (await refuseUnknownRevision(transaction, scheme, revision));
  if (refusal) return refusal;
  const note = await whyNothingChanges(transaction, organisationId, { scheme, revision, from });
  await runCount(
    transaction,
    sql`insert into adoption (organisation_id, scheme, revision, adopted_from)
        values (${organisationId}, ${scheme}, ${revision}, ${from})
        on conflict (organisation_id, scheme, revision) do update set adopted_from = excluded.adopted_from`,
  );
  await wake(transaction);
  return { scheme, revision, from, note };
}

/** An act without an effect, now or later, is kept as it was meant, and says so. */
async function whyNothingChanges(
  executor: Executor,
  organisationId: string,
  { scheme, revision, from }: Adoption,
): Promise<Sentence | null> {
  const [found] = await run<{ targets: number; isAdopted: boolean }>(
    executor,
    sql`with today as (select (now() at time zone 'Europe/Rome')::date as day),
          latest as (
            select revision, adopted_from from adoption
            where organisation_id = ${organisationId} and scheme = ${scheme} and adopted_from <= (select day from today)
            order by revision desc limit 1),
          put_off as (
            select from adoption
            where organisation_id = ${organisationId} and scheme = ${scheme} and adopted_from > (select day from today))
        select (select count(*)::int from target t
                where t.organisation_id = o.id and t.scheme = ${scheme} and t.listed) as targets,
          ${from}::date <= (select day from today) and not exists (select from put_off)
            and (o.adopts = 'on-effective-date' and r.effective_date <= (select day from today)
                 or coalesce((select revision from latest) >= r.number, false)) as "isAdopted"
        from organisation o, revision r
        where o.id = ${organisationId} and r.scheme = ${scheme} and r.number = ${revision}`,
  );
  if (found?.targets === 0) return say`nothing changes: no target of the organisation holds this map`;
  if (found?.isAdopted) return say`nothing changes: the organisation had adopted this revision already`;
  return null;
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
