import type { HistoryLink } from '#contracts';
import { inTransaction, isRefusal, refuse, run, sql, type Executor, type Refusal } from '#platform';
import { merkle, validate, type Code, type ConceptId, type Finding } from '#taxonomy';
import { say } from '#words';
import type { DataSource, EntityManager } from 'typeorm';
import { appendAudit } from '../audit/append-audit.ts';
import type { PersonId } from '../audit/person.ts';
import { RevisionRow } from '../database/entities/revision.entity.ts';
import { findDraft, lockDraft } from '../drafts/find-draft.ts';
import { move } from '../review/move.ts';
import { editedMeanwhile } from '../review/submit.ts';
import { ensureEdition } from '../publication/ensure-edition.ts';
import { lockChangeLog, wakeRelay } from '../publication/publish.sql.ts';
import { writeSuccessions } from '../publication/write-successions.ts';
import { readDraftMap } from './draft-map.ts';
import { linkToLowest } from './link-to-lowest.ts';
import { logHistory } from './log-history.ts';
import { writeHistory } from './write-history.ts';

export interface HistoryRequest {
  readonly schemeId: string;
  /** Its whole map, base and overlay, is the historical edition; it carries that edition. */
  readonly draftId: string;
  /** Europe/Rome day from which the edition was valid. */
  readonly effectiveDate: string;
  readonly links: readonly HistoryLink[];
  readonly by: PersonId;
}

/**
 * Places an edition before the first revision: the draft's whole map becomes the revision below the lowest number, with
 * its successions into the lowest. It is approved like any other, and computed before the lock is taken. Nothing of it is delivered to a target: no change is logged, only that it was added.
 * @returns the revision, or a refusal that changed nothing
 */
export async function addHistory(db: DataSource, request: HistoryRequest): Promise<RevisionRow | Refusal> {
  const { schemeId, draftId, effectiveDate, by } = request;
  const draft = await findDraft(db.manager, draftId);
  if (isRefusal(draft)) return draft;
  if (draft.schemeId !== schemeId) return ofAnotherScheme(draft.schemeId);
  const state = move(draft.state, 'place-before');
  if (isRefusal(state)) return state;
  const lowest = await lowestOf(db.manager, schemeId);
  if (!lowest) return nothingPublished();
  if (effectiveDate >= lowest.inForceFrom) return notBefore(lowest, effectiveDate);
  const map = await readDraftMap(db, draft);
  const findings = validate(draft.edition, map, {
    marks: draft.edition,
    officialLanguage: draft.edition.source.language,
  }).filter(({ severity }) => severity === 'error');
  if (findings.length > 0) return withErrors(findings);
  const names = await namesAt(db, lowest);
  const { successions, problems } = linkToLowest(request.links, map, names, lowest.number);
  if (problems.length > 0)
    return refuse('links-refused', { title: say`The links cannot be placed`, problems });
  const hashes = merkle(schemeId, map.values(), draft.edition.attributes);
  const number = lowest.number - 1;
  return inTransaction(db, async (transaction) => {
    await lockChangeLog(transaction);
    const locked = await lockDraft(transaction, draftId, 'place-before');
    if (isRefusal(locked)) return locked;
    const isAsRead = (await lowestOf(transaction, schemeId))?.number === lowest.number;
    if (locked.version !== draft.version || !isAsRead) return editedMeanwhile();
    const editionId = await ensureEdition(transaction, locked);
    if (isRefusal(editionId)) return editionId;
    const revision = { schemeId, number, editionId, effectiveDate, contentHash: hashes.root, by };
    await writeHistory(transaction, revision, map, {
      nodes: hashes.nodes,
      attributes: locked.edition.attributes,
    });
    await writeSuccessions(transaction, schemeId, successions);
    await run(
      transaction,
      sql`update draft set state = 'published', published_revision = ${number} where id = ${draftId}`,
    );
    const auditHead = await appendAudit(transaction, {
      actor: by,
      action: 'history-added',
      subject: `scheme/${schemeId}`,
      details: { draft: draftId, revision: number, effectiveDate, contentHash: hashes.root },
    });
    const event = { edition: locked.edition.label, entries: map.size, before: lowest, auditHead };
    await logHistory(transaction, revision, event);
    await wakeRelay(transaction);
    return transaction.findOneByOrFail(RevisionRow, { schemeId, number });
  });
}

function lowestOf(db: EntityManager, schemeId: string): Promise<RevisionRow | null> {
  return db.findOne(RevisionRow, { where: { schemeId }, order: { number: 'ASC' } });
}

async function namesAt(
  db: Executor,
  { schemeId, number }: RevisionRow,
): Promise<Map<ConceptId, { conceptId: ConceptId; code: Code | null }>> {
  const rows = await run<{ conceptId: ConceptId; code: Code | null }>(
    db,
    sql`select concept_id as "conceptId", code from entry where scheme_id = ${schemeId} and live @> ${number}::int`,
  );
  return new Map(rows.map((row) => [row.conceptId, row]));
}

function ofAnotherScheme(schemeId: string): Refusal {
  return refuse('draft-of-another-scheme', {
    title: say`The draft belongs to another scheme`,
    status: 409,
    detail: say`It is a draft of ${schemeId}.`,
  });
}

function nothingPublished(): Refusal {
  return refuse('nothing-published', {
    title: say`History comes before a first revision, and there is none yet`,
    status: 409,
  });
}

function notBefore({ number, inForceFrom }: RevisionRow, asked: string): Refusal {
  return refuse('date-not-before', {
    title: say`A historical edition was valid before the earliest one known`,
    detail: say`Revision ${number} is valid from ${inForceFrom}; ${asked} is not earlier.`,
  });
}

function withErrors(errors: readonly Finding[]): Refusal {
  return refuse('draft-has-errors', {
    title: say`The draft has errors`,
    problems: errors.map(({ severity: _, ...problem }) => problem),
  });
}
