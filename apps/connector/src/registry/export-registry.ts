import type { DataSource } from 'typeorm';
import { inTransaction, run, sql, type Executor } from '#platform';
import { readRegistry } from './read-registry.ts';
import type { UnlistedPage } from './schemas.ts';
import type { TargetsFile } from './targets-file.ts';

/** What is registered, as a targets file that changes nothing when it is applied. Secrets are references. */
export async function exportRegistry(db: DataSource): Promise<TargetsFile> {
  const { unlisted, targets, ...others } = await inTransaction(
    db,
    (transaction) => readRegistry(transaction),
    'REPEATABLE READ',
  );
  return { ...others, targets: targets.filter(({ id }) => !unlisted.has(id)) };
}

/** Targets that the last file did not name, in order of id, with the records of ours that they hold still. */
export async function readUnlisted(
  executor: Executor,
  { cursor = '', limit }: { readonly cursor?: string; readonly limit: number },
): Promise<UnlistedPage> {
  const found = await run<UnlistedPage['targets'][number]>(
    executor,
    sql`select t.id, organisation_id as organisation, system_id as system, profile_id as profile, scheme,
          (select count(*)::int from link l where l.target_id = t.id and l.state = 'current') as items
        from target t where not listed and id > ${cursor} order by id limit ${limit + 1}`,
  );
  const targets = found.slice(0, limit);
  return { targets, next: found.length > limit ? (targets.at(-1)?.id ?? null) : null };
}
