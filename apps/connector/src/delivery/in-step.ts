import { hash as digest } from 'node:crypto';
import type { Code, ConceptId, Hash, Title } from '#taxonomy';
import { run, sql, type Executor } from '#platform';
import { render, renderedHash, type CodedEntry, type RenderRules } from './render.ts';

/** One record by its concept, with the hash of what it says; null where that is in doubt or cannot be said. */
export interface RecordHash {
  readonly conceptId: ConceptId;
  readonly hash: Hash | null;
}

/**
 * The mark of a set of records, 32 hexadecimal digits: equal exactly when both hold the same concepts with the same
 * content. It is the exclusive or of the marks of the records, so the database moves it with every link that it writes
 * (`record_mark` and `move_held` of migration 0004), and never has to read all links of a target to compare.
 */
export function markOfRecords(records: readonly RecordHash[]): string {
  const sum = Buffer.alloc(16);
  for (const { conceptId, hash } of records) {
    const mark = digest('md5', `${conceptId} ${hash ?? 'unknown'}`, 'buffer');
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) ^ (mark[i] ?? 0);
  }
  return sum.toString('hex');
}

/** What a profile makes of the entries of a revision. */
export function markOfDesired(entries: readonly CodedEntry[], rules: RenderRules): string {
  return markOfRecords(
    entries.map((entry) => {
      const content = render(entry, rules);
      return { conceptId: entry.conceptId, hash: 'reason' in content ? null : renderedHash(content) };
    }),
  );
}

/** A revision that targets should hold. */
export interface DesiredRevision {
  readonly scheme: string;
  readonly desired: number;
  readonly desiredHash: Hash;
}

/** Marks of what targets should hold. The same for all targets of a profile, so the latest ones are kept. */
export class DesiredMarks {
  private readonly kept = new Map<string, Promise<string>>();

  /** @param skipped what an operator excluded at the target; its mark is of that target alone, and not kept */
  async read(
    executor: Executor,
    revision: DesiredRevision,
    rules: RenderRules,
    skipped: ReadonlySet<ConceptId> = new Set(),
  ): Promise<string> {
    const { scheme, desired, desiredHash } = revision;
    if (skipped.size > 0) {
      const entries = await readCodedEntries(executor, scheme, desired);
      return markOfDesired(
        entries.filter(({ conceptId }) => !skipped.has(conceptId)),
        rules,
      );
    }
    const key = JSON.stringify([scheme, desired, desiredHash, rules]);
    const known = this.kept.get(key);
    if (known) return known;
    const mark = readCodedEntries(executor, scheme, desired).then((entries) => markOfDesired(entries, rules));
    if (this.kept.size >= 50) this.kept.clear();
    this.kept.set(key, mark);
    mark.catch(() => this.kept.delete(key));
    return mark;
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
