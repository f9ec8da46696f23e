import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { inTransaction, isRefusal, run, runCount, sql, type Refusal } from '#platform';
import { ownActors, personOf } from '../audit/person.ts';
import { applyWithin, lockRegistry, type Seen } from './apply-targets.ts';
import type { RegistryChange } from './schemas.ts';
import type { TargetsFile } from './targets-file.ts';

/**
 * Applies the file of a start, but only where it says something else than when a start last applied it: a process that comes back
 * must not undo what people changed meanwhile.
 * @param said all that the file is made of
 * @returns what changed; null: it says what it said, and nothing is looked at
 */
export async function applyAtStart(
  db: DataSource,
  said: string,
  file: TargetsFile,
  seen: Seen,
): Promise<RegistryChange[] | null | Refusal> {
  const hash = createHash('sha256').update(said).digest('hex');
  const personId = await personOf(db, ownActors.targetsFile);
  return inTransaction(db, async (transaction) => {
    await lockRegistry(transaction);
    const applied = await run(transaction, sql`select from start_file where hash = ${hash}`);
    if (applied.length > 0) return null;
    const changes = await applyWithin(transaction, file, personId, seen);
    if (isRefusal(changes)) return changes;
    await runCount(
      transaction,
      sql`insert into start_file (hash) values (${hash})
          on conflict (id) do update set hash = excluded.hash, applied_at = now()`,
    );
    return changes;
  });
}
