import { isRefusal, json, refuse, run, sql, type Refusal } from '#platform';
import { codeBeside, nameIn } from '#taxonomy';
import { say } from '#words';
import type { EntityManager } from 'typeorm';
import { appendAudit } from '../audit/append-audit.ts';
import type { PersonId } from '../audit/person.ts';
import { headOf } from '../drafts/open-draft.ts';
import { writeOverlay, writeSuccessions } from '../drafts/overlay.ts';
import { writeReasons } from '../drafts/reasons.ts';
import { loadMap } from '../drafts/review-in-full.ts';
import { refuseWithoutPlace } from '../history/refuse-without-place.ts';
import { findImport, type ImportRecord } from '../imports/files/import-record.ts';
import { recordImporters } from '../imports/files/record-importers.ts';
import { readEndedOf } from '../sealing/contradicted-successions.ts';
import { storeConflicts } from '../sealing/release-set.ts';
import { aboutConflicts } from './about-conflicts.ts';
import { bringOnto, namedOutside } from './bring-onto.ts';
import { draftForImport } from './draft-for-import.ts';
import { draftOfRows } from './draft-of-rows.ts';
import type { MatchedImport } from './load-matching.ts';

const mostNamed = 100;

/**
 * Brings the rows of an import into a draft, once every one is decided. Where another revision is in force than the one
 * that the file was made from, what others changed since stays; what both changed makes a draft that still stands on the
 * old one, with its conflicts for a person to decide. A historical edition stands on the revision that it was compared with,
 * and what came later stays out of it; when it has no place any more, it is refused. Call it in a transaction that locked the import.
 */
export async function applyImport(
  db: EntityManager,
  record: ImportRecord,
  matched: MatchedImport,
  by: PersonId,
): Promise<ImportRecord | Refusal> {
  const open = undecided(matched);
  if (open) return open;
  const { isHistory } = record;
  const withoutPlace = isHistory ? await refuseWithoutPlace(db, record) : null;
  if (withoutPlace) return withoutPlace;
  const head = (await headOf(db, record.schemeId))?.number ?? null;
  const made = draftOfRows(matched);
  const { base: then } = matched.problem;
  const isOutdated = head !== record.baseRevision && !isHistory;
  const now = isOutdated ? await loadMap(db, record.schemeId) : then;
  const { entries, successions, conflicts } = isOutdated
    ? bringOnto(made, then, now, await readEndedOf(db, namedOutside(made, now), record.baseRevision))
    : { ...made, conflicts: [] };
  const base = isHistory || conflicts.length > 0 ? record.baseRevision : head;
  const draft = await draftForImport(db, record, base, by, async (id) => {
    await recordImporters(db, id, record.id);
    await writeOverlay(db, id, entries);
    await writeSuccessions(db, id, successions);
    await writeReasons(db, id, made.reasons);
    await storeConflicts(db, id, { conflicts, findings: [] });
  });
  if (isRefusal(draft)) return draft;
  const told = aboutConflicts({ entries, conflicts }, { before: then, now, head: head ?? 0 }, draft.id);
  await run(
    db,
    sql`
    update import set state = 'applied', draft_id = ${draft.id}, findings = findings || ${json(told)}::jsonb
    where id = ${record.id}`,
  );
  const details = {
    draft: draft.id,
    entries: entries.length,
    decisions: matched.decisions.size,
    reasons: made.reasons.slice(0, mostNamed),
  };
  await appendAudit(db, { actor: by, action: 'import-applied', subject: `import/${record.id}`, details });
  return findImport(db, record.id);
}

/** Whether nothing waits for a person. */
export function isDecided({ matching }: MatchedImport): boolean {
  return (
    matching.rows.every(({ how }) => how !== 'open') && matching.retired.every(({ how }) => how !== 'open')
  );
}

function undecided({ matching, problem }: MatchedImport): Refusal | null {
  const rows = matching.rows.filter(({ how }) => how === 'open');
  const concepts = matching.retired.filter(({ how }) => how === 'open');
  if (rows.length + concepts.length === 0) return null;
  return refuse('matching-undecided', {
    title: say`Some rows or entries wait for a decision`,
    status: 409,
    detail: say`To be decided: rows of the file ${rows.length}, entries in force that are not in it, or end, ${concepts.length}.`,
    problems: [
      ...rows.map(({ rowId }) => ({
        rule: 'row-undecided',
        message: say`Which entry the row ${nameIn(problem.entries, rowId)} is has not been decided.`,
        ...codeBeside(problem.entries.get(rowId)),
      })),
      ...concepts.map(({ conceptId }) => ({
        rule: 'concept-undecided',
        message: problem.asked.has(conceptId)
          ? say`${nameIn(problem.base, conceptId)} ends, as the file asks; who takes its place has not been decided (nobody is a decision, too).`
          : say`The file has no row for ${nameIn(problem.base, conceptId)}; whether it ends has not been decided.`,
        ...codeBeside(problem.base.get(conceptId)),
      })),
    ].slice(0, mostNamed),
  });
}
