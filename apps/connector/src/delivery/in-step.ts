import { createHash } from 'node:crypto';
import type { Code, ConceptId, Hash, Title } from '#taxonomy';
import { run, sql, type Executor } from '#platform';
import { render, renderedHash, type CodedEntry, type RenderRules } from './render.ts';
import type { Turn } from './turn.ts';

/** One record by its concept, with the hash of what it says; null where that is in doubt or cannot be said. */
export interface RecordHash {
  readonly conceptId: ConceptId;
  readonly hash: Hash | null;
}

/** One hash over a set of records: equal exactly when both hold the same concepts with the same content. */
export function hashOfRecords(records: readonly RecordHash[]): Hash {
  const sum = createHash('sha256');
  for (const { conceptId, hash } of records.toSorted((a, b) => (a.conceptId < b.conceptId ? -1 : 1))) {
    sum.update(`${conceptId} ${hash ?? 'unknown'}\n`);
  }
  return sum.digest('hex');
}

/** What a profile makes of the entries of a revision. */
export function hashOfDesired(entries: readonly CodedEntry[], rules: RenderRules): Hash {
  return hashOfRecords(
    entries.map((entry) => {
      const content = render(entry, rules);
      return { conceptId: entry.conceptId, hash: 'reason' in content ? null : renderedHash(content) };
    }),
  );
}

/** Hash over everything that a target acknowledged and that is current. */
export async function hashOfAcknowledged(executor: Executor, targetId: string): Promise<Hash> {
  return hashOfRecords(
    await run<RecordHash>(
      executor,
      sql`select concept_id as "conceptId", hash from link where target_id = ${targetId} and state = 'current'`,
    ),
  );
}

export async function hasStuck(executor: Executor, targetId: string): Promise<boolean> {
  return (await run(executor, sql`select from stuck where target_id = ${targetId} limit 1`)).length > 0;
}

/** Hash of what a target should hold. The same for all targets of a profile, so the latest ones are kept. */
export class DesiredHashes {
  private readonly kept = new Map<string, Hash>();

  async read(executor: Executor, { scheme, desired }: Turn, rules: RenderRules): Promise<Hash> {
    const [revision] = await run<{ contentHash: Hash }>(
      executor,
      sql`select content_hash as "contentHash" from revision where scheme = ${scheme} and number = ${desired}`,
    );
    const key = JSON.stringify([scheme, desired, revision?.contentHash, rules]);
    const known = this.kept.get(key);
    if (known) return known;
    const hash = hashOfDesired(await readCodedEntries(executor, scheme, desired), rules);
    if (this.kept.size >= 50) this.kept.clear();
    this.kept.set(key, hash);
    return hash;
  }
}

async function readCodedEntries(executor: Executor, scheme: string, revision: number): Promise<CodedEntry[]> {
  return run<CodedEntry & { code: Code; titles: Record<string, Title> }>(
    executor,
    sql`with live as (
          select * from entry
          where scheme = ${scheme} and from_revision <= ${revision} and (to_revision is null or to_revision > ${revision}))
        select e.concept_id as "conceptId", e.code, e.level, e.titles, p.concept_id as "parentId"
        from live e left join live p on p.concept_id = e.parent_id and p.code is not null
        where e.code is not null`,
  );
}
