import { setImmediate } from 'node:timers/promises';
import type { ChangeEvent, InForceEvent } from '#contracts';
import { run, sql, type Executor, type Sql } from '#platform';
import { hashedAttributes, type Change, type PlacedEntry } from '#taxonomy';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import type { NewRevision } from './publish.sql.ts';

/** One row of the change log: an event as JSON text, cut where `before` and `after` stand, which two topics share. */
interface LogRow {
  readonly index: number | null;
  readonly conceptId: string | null;
  readonly head: string;
  readonly before: string | null;
  readonly after: string | null;
}

const rowsAtOnce = 2_000;
/** A control character, which stands in no JSON text. */
const betweenTexts = '\u001e';

/** Appends the changes of a revision to the change log, and after them that it is in force. */
export async function logChanges(
  db: Executor,
  { schemeId: scheme, baseRevision, edition, plan }: DraftRow,
  { number, effectiveDate, contentHash, publishedAt }: NewRevision & { readonly publishedAt: Date },
  changes: readonly Change[],
  auditHead: string,
): Promise<void> {
  const common = { scheme, revision: number, effectiveDate };
  // What no hash covers, nobody could verify: it is not sent.
  const told = (entry: PlacedEntry | null): string | null =>
    entry && JSON.stringify({ ...entry, attributes: hashedAttributes(entry.attributes, edition.attributes) });
  const rowOf = ({ before, after, ...change }: Change, i: number): LogRow => {
    const head: Omit<ChangeEvent, 'before' | 'after'> = {
      ...common,
      index: i + 1,
      count: changes.length,
      ...change,
      kinds: [...change.kinds],
      successors: [...change.successors],
      predecessors: [...change.predecessors],
    };
    return {
      index: i + 1,
      conceptId: change.conceptId,
      head: JSON.stringify(head),
      before: told(before),
      after: told(after),
    };
  };
  // While Postgres writes one part, the next one is made.
  let writing: Promise<unknown> = Promise.resolve();
  for (let from = 0; from < changes.length; from += rowsAtOnce) {
    const rows = changes.slice(from, from + rowsAtOnce).map((change, i) => rowOf(change, from + i));
    const statement = appending(scheme, number, rows);
    await writing;
    writing = run(db, statement);
    writing.catch(() => undefined);
    await setImmediate();
  }
  await writing;
  const inForce: InForceEvent = {
    ...common,
    edition: edition.label,
    changes: changes.length,
    contentHash,
    base:
      baseRevision === null
        ? null
        : { revision: baseRevision, contentHash: await hashOf(db, scheme, baseRevision) },
    publishedAt: publishedAt.toISOString(),
    auditHead,
    ...(plan && { plan: [...plan] }),
  };
  const last = { index: null, conceptId: null, head: JSON.stringify(inForce), before: null, after: null };
  await run(db, appending(scheme, number, [last]));
}

function appending(scheme: string, revision: number, rows: readonly LogRow[]): Sql {
  // As one text each: an array would escape every quote of every JSON text, here and again in Postgres.
  const column = (key: keyof LogRow) =>
    sql`string_to_array(${rows.map((row) => row[key] ?? '').join(betweenTexts)}, ${betweenTexts}, '')`;
  return sql`
    insert into change_log (position, kind, scheme_id, revision, index, concept_id, head, before, after)
    select (select coalesce(max(position), 0) from change_log) + place, case when index is null then 'in-force' else 'change' end, ${scheme}, ${revision}, index, concept_id, head, before, after
    from unnest(${column('index')}::int[], ${column('conceptId')}::uuid[], ${column('head')},
      ${column('before')}, ${column('after')}) with ordinality
      as row(index, concept_id, head, before, after, place)`;
}

async function hashOf(db: Executor, scheme: string, number: number): Promise<string> {
  const [row] = await run<{ hash: string }>(
    db,
    sql`
    select encode(content_hash, 'hex') as hash from revision where scheme_id = ${scheme} and number = ${number}`,
  );
  if (!row) throw new Error(`no revision ${number} of ${scheme}`);
  return row.hash;
}
