import { giveWay, inTransaction, isRefusal } from '#platform';
import { hasError, type Finding } from '#taxonomy';
import { say } from '#words';
import type { DataSource, EntityManager } from 'typeorm';
import { personFrom } from '../../audit/person.ts';
import { headOf, openDraft } from '../../drafts/open-draft.ts';
import { fillOverlay } from '../../drafts/overlay.ts';
import { applyImport, isDecided } from '../../matching/apply-import.ts';
import { checkRetirements } from '../../matching/asked-retirements.ts';
import { matchImport, readBase } from '../../matching/load-matching.ts';
import { matchProblem } from '../../matching/match-problem.ts';
import { buildInSteps, type BuiltEntries } from '../entries-of-rows.ts';
import { asksToEnd, mostFindings, type ImportedRow } from '../imported-row.ts';
import { inColumns } from '../in-columns.ts';
import { legible } from '../legible.ts';
import { repeatedIdentities } from '../repeated-identities.ts';
import { checkIdentities } from './check-identities.ts';
import { completeRows, isPartial } from './complete-rows.ts';
import { draftWhileChecked } from './draft-while-checked.ts';
import { findBase } from './find-base.ts';
import { findingsSince } from './findings-since.ts';
import type { ImportRecord } from './import-record.ts';
import { writeImportRows } from './import-rows.ts';
import { readRows } from './read-rows.ts';
import type { RowsRead } from './gather-reads.ts';
import { beat, beginReading, finishReading, type Attempt, type Outcome } from './reading-attempt.ts';
import type { ReceivedFile } from './receive-file.ts';
import { recordImporters } from './record-importers.ts';
import type { Turns } from './turns.ts';

const beatEveryMs = 1_000;

/** A file of an import, as one attempt reads it. */
export interface ImportJob {
  readonly record: ImportRecord;
  readonly attempt: Attempt;
  readonly file: Pick<ReceivedFile, 'path' | 'sha256'>;
  /** A file with more is refused. */
  readonly mostRows: number;
}

/**
 * Reads the file of an import that this attempt has taken, when its turn has come, to one of three ends, each in one transaction: `failed` with
 * all that is wrong; for a scheme without a revision `applied`, the draft of its first; else `matching`, or `applied` at
 * once when nothing waits for a person. When the import is taken away meanwhile, nothing is changed.
 */
export async function runImport(
  db: DataSource,
  job: ImportJob,
  turns: Turns,
  stopping: AbortSignal,
): Promise<void> {
  const { attempt } = job;
  const lost = new AbortController();
  let rowsRead = 0;
  const beating = setInterval(() => {
    beat(db, attempt, rowsRead)
      .then((isOurs) => isOurs || lost.abort())
      .catch(() => lost.abort());
  }, beatEveryMs);
  try {
    const signal = AbortSignal.any([stopping, lost.signal]);
    const isDone = await turns.take(signal, async () => {
      if (!(await beginReading(db, attempt))) return;
      const read = await readRows(job, (count) => (rowsRead = count), signal);
      if (read) await finish(db, job, read);
      else await finishReading(db, attempt, interrupted(rowsRead));
    });
    if (!isDone) await finishReading(db, attempt, interrupted(rowsRead));
  } catch (error) {
    await finishReading(db, attempt, interrupted(rowsRead));
    throw error;
  } finally {
    clearInterval(beating);
  }
}

const interrupted = (rowsRead: number): Outcome => ({ state: 'interrupted', rowsRead, findings: [] });

async function finish(db: DataSource, { record, attempt, file }: ImportJob, read: RowsRead): Promise<void> {
  const sourceSha256 = file.sha256;
  try {
    await inTransaction(db, async (transaction) => {
      const head = await headOf(transaction, record.schemeId);
      const { schemeId, id: importId } = record;
      const stated = await checkIdentities(transaction, schemeId, head === null, read.rows);
      const found = head && (await findBase(transaction, record, head, read));
      const base = found && (await readBase(transaction, schemeId, found.revision));
      const isCompleted = base && isPartial(record.options);
      const rows = isCompleted ? completeRows(record.edition, read.rows, base) : read.rows;
      const edition = labelled(record, head === null);
      const built = await giveWay(buildInSteps(schemeId, edition, rows, base ?? undefined, read.refused));
      const ofFile = [...read.findings, ...repeatedIdentities(read.rows), ...stated, ...emptiness(read)];
      const first =
        base || hasError([...ofFile, ...built.findings])
          ? { draftId: null, findings: await giveWay(built.check()) }
          : await draftWhileChecked(transaction, built, (isAccepted) =>
              writeFirstDraft(transaction, record, sourceSha256, built, isAccepted),
            );
      const ofEntries = [...built.findings, ...first.findings];
      const ofMap = base
        ? [
            ...found.findings,
            ...checkRetirements(rows, base),
            ...(await giveWay(findingsSince(ofEntries, { schemeId, edition, rows, base }))),
          ]
        : ofEntries;
      const report = legible(bounded(inColumns(worthTelling([...ofFile, ...ofMap]), read.columns)));
      const end = async (how: Pick<Outcome, 'state' | 'draftId' | 'baseRevision' | 'isHistory'>) => {
        const outcome = { ...how, rowsRead: read.rows.length, findings: report, sourceSha256 };
        if (!(await finishReading(transaction, attempt, outcome))) throw new TakenAway();
      };
      if (hasError(report)) return end({ state: 'failed' });
      if (first.draftId !== null) return end({ state: 'applied', draftId: first.draftId });
      if (!base || !found) throw new Error('a file without errors has a base, or is a first draft');
      const unique = firstOfEachKey(rows);
      await writeImportRows(transaction, importId, unique);
      const { revision: baseRevision, isHistory } = found;
      const standing = { ...record, sourceSha256, baseRevision, isHistory };
      const problem = { importId, schemeId, edition: record.edition, rows: unique, base };
      const matched = await matchImport(transaction, standing, await giveWay(matchProblem(problem)));
      await end({ state: 'matching', baseRevision, isHistory });
      if (isDecided(matched)) await applyImport(transaction, standing, matched, personFrom(record.createdBy));
    });
  } catch (error) {
    if (!(error instanceof TakenAway)) throw error;
  }
}

async function writeFirstDraft(
  db: EntityManager,
  { id, schemeId, edition, createdBy }: ImportRecord,
  sourceSha256: string,
  { entries }: BuiltEntries,
  isAccepted: () => Promise<void>,
): Promise<string> {
  const by = personFrom(createdBy);
  const draft = await openDraft(db, schemeId, by, { edition, sourceSha256 }, async (draftId) => {
    await recordImporters(db, draftId, id);
    await fillOverlay(db, draftId, entries.values());
    await isAccepted();
  });
  if (isRefusal(draft)) throw new Error(draft.title.english);
  return draft.id;
}

/** Of a file that is not used, what the map has already is no matter. */
const worthTelling = (findings: readonly Finding[]): readonly Finding[] =>
  hasError(findings) ? findings.filter(({ rule }) => rule !== 'warnings-known') : findings;

/** An import may be stopped, or taken by another attempt, until the very end; then all of it is rolled back. */
class TakenAway extends Error {}

/** Identities of a first import follow from the edition; later ones are the import's own, so that none meets an old one. */
function labelled({ edition, id }: ImportRecord, isFirst: boolean): ImportRecord['edition'] {
  return isFirst ? edition : { ...edition, label: id };
}

function firstOfEachKey(rows: readonly ImportedRow[]): ImportedRow[] {
  const unique = new Map<string, ImportedRow>();
  for (const row of rows) {
    // A code that is given up may be taken by another row.
    const key = asksToEnd(row) ? `retire ${row.key}` : `stay ${row.key}`;
    if (!unique.has(key)) unique.set(key, row);
  }
  return [...unique.values()];
}

function emptiness({ rows, findings }: RowsRead): Finding[] {
  if (rows.length > 0 || hasError(findings)) return [];
  return [{ rule: 'file-empty', severity: 'error', message: say`The file has no entry.` }];
}

const weight = { error: 0, warning: 1, note: 2 } as const;

/** At most `mostFindings`, errors first, in order of line; and one that says how many there were. */
function bounded(findings: readonly Finding[]): Finding[] {
  const sorted = findings.toSorted(
    (a, b) => weight[a.severity] - weight[b.severity] || (a.line ?? Infinity) - (b.line ?? Infinity) || 0,
  );
  if (sorted.length <= mostFindings) return sorted;
  const message = say`There are ${sorted.length} findings; these are the first ${mostFindings}.`;
  return [...sorted.slice(0, mostFindings), { rule: 'more-findings', severity: 'note', message }];
}
