import { inTransaction, isRefusal, refuse, run, sql, type Refusal } from '#platform';
import type { MatchDecision } from '#contracts';
import { say } from '#words';
import type { DataSource, EntityManager } from 'typeorm';
import { appendAudit } from '../audit/append-audit.ts';
import { howItStands } from '../imports/files/how-it-stands.ts';
import { findImport, type ImportRecord } from '../imports/files/import-record.ts';
import { checkDecisions, type Deciding } from './check-decisions.ts';
import { appendDecisions } from './decision-log.ts';
import type { MatchedImport } from './load-matching.ts';
import type { RecentMatchings } from './recent-matchings.ts';

const mostNamed = 100;

/**
 * Takes decisions about an import, all of them or, with all that is wrong, none.
 * @param choose the decisions, from the matching as it is now
 */
export async function decide(
  db: DataSource,
  matchings: RecentMatchings,
  importId: string,
  choose: (matched: MatchedImport) => readonly MatchDecision[],
  deciding: Deciding,
): Promise<ImportRecord | Refusal> {
  const take = async (transaction: EntityManager, _: ImportRecord, matched: MatchedImport) => {
    const { records, problems } = checkDecisions(matched, choose(matched), deciding);
    if (problems.length > 0)
      return refuse('decisions-refused', {
        title: say`The decisions cannot be taken`,
        problems: problems.slice(0, mostNamed),
      });
    await appendDecisions(transaction, importId, records);
    await run(
      transaction,
      sql`update import set version = version + 1, state = 'matching' where id = ${importId}`,
    );
    const details = { decisions: records.length, ...(deciding.act ? { act: deciding.act } : {}) };
    await appendAudit(transaction, {
      actor: deciding.by,
      action: 'matches-decided',
      subject: `import/${importId}`,
      details,
    });
    return findImport(transaction, importId);
  };
  return whileMatching(db, matchings, importId, take, 'or-applied');
}

/**
 * Does something with the matching of an import that waits for decisions, with the import locked. The matching reads over a
 * connection of its own, so it is computed before the lock, and again when somebody decided meanwhile: waiting for a
 * connection while holding one could stop everybody.
 */
export async function whileMatching<T>(
  db: DataSource,
  matchings: RecentMatchings,
  importId: string,
  work: (transaction: EntityManager, record: ImportRecord, matched: MatchedImport) => Promise<T | Refusal>,
  which: 'open' | 'or-applied' = 'open',
): Promise<T | Refusal> {
  for (;;) {
    const seen = await findImport(db.manager, importId);
    if (isRefusal(seen)) return seen;
    const unmatched =
      which === 'open' && seen.state !== 'matching' ? notMatching(seen) : refuseUnlessMatched(seen);
    if (unmatched) return unmatched;
    const matched = await matchings.of(seen);
    const done = await inTransaction(db, async (transaction) => {
      const record = await lockMatching(transaction, importId, which);
      if (isRefusal(record)) return record;
      if (record.version !== seen.version) return null;
      const result = await work(transaction, record, matched);
      return isRefusal(result) ? result : { result };
    });
    if (isRefusal(done)) return done;
    if (done) return done.result;
  }
}

/**
 * An import whose rows wait for decisions, locked until the end of the transaction; `or-applied`: also one whose draft
 * nobody has submitted, because a decision may show its fault there.
 */
async function lockMatching(
  db: EntityManager,
  importId: string,
  which: 'open' | 'or-applied',
): Promise<ImportRecord | Refusal> {
  const record = await findImport(db, importId, 'lock');
  if (isRefusal(record) || record.state === 'matching') return record;
  const { draftId, baseRevision } = record;
  if (which === 'open' || record.state !== 'applied' || draftId === null || baseRevision === null)
    return notMatching(record);
  const [draft] = await run<{ id: string }>(
    db,
    sql`select id from draft where id = ${draftId} and state in ('open', 'rejected', 'withdrawn') for update`,
  );
  return draft ? record : draftNotOpen();
}

/** What was decided can be read when the rows are in their draft, too. */
export function refuseUnlessMatched(record: ImportRecord): Refusal | null {
  const isMatched = record.baseRevision !== null && ['matching', 'applied'].includes(record.state);
  return isMatched ? null : notMatching(record);
}

function notMatching(record: ImportRecord): Refusal {
  return refuse('import-not-matching', {
    title: say`The rows of the import are not open to decisions`,
    status: 409,
    detail: howItStands(record),
  });
}

function draftNotOpen(): Refusal {
  return refuse('import-not-matching', {
    title: say`The rows of the import are not open to decisions`,
    status: 409,
    detail: say`It is applied, and its draft is not open any more.`,
  });
}
