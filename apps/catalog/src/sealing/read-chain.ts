import { createHash } from 'node:crypto';
import type { Edition } from '#contracts';
import { run, sql } from '#platform';
import type { ConceptId, Entry, Hash } from '#taxonomy';
import type { EntityManager } from 'typeorm';
import { EditionRow } from '../database/entities/edition.entity.ts';
import { RevisionRow } from '../database/entities/revision.entity.ts';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { formerHoldersOf } from '../drafts/former-holders.ts';
import { headOf } from '../drafts/open-draft.ts';
import { readOverlay } from '../drafts/overlay.ts';
import { loadMap } from '../drafts/review-in-full.ts';
import { readAcknowledgements } from '../review/list-warnings.ts';
import type { SealedSet } from './chain.ts';
import { readEndedSince } from './contradicted-successions.ts';
import type { Base, ChangesOfDraft } from './stand-on.ts';

export interface SealedRow extends Pick<
  SealedSet,
  | 'id'
  | 'effectiveDate'
  | 'sealPosition'
  | 'version'
  | 'sealedHash'
  | 'sealedOn'
  | 'sealedOnRevision'
  | 'sealedEdition'
  | 'edition'
  | 'baseEdition'
> {
  readonly baseRevision: number | null;
  readonly schemeId: string;
}

/** Sealed sets of a scheme in the order in which they come into force, without what they change. */
export function listSealed(db: EntityManager, schemeId: string): Promise<SealedRow[]> {
  return run<SealedRow>(
    db,
    sql`
    select d.id, d.scheme_id as "schemeId", effective_date as "effectiveDate", seal_position as "sealPosition", version, d.edition,
      base_revision as "baseRevision", encode(sealed_hash, 'hex') as "sealedHash", encode(sealed_on, 'hex') as "sealedOn",
      sealed_on_revision as "sealedOnRevision", sealed_edition as "sealedEdition",
      e.definition as "baseEdition"
    from draft d left join revision r on r.scheme_id = d.scheme_id and r.number = d.base_revision left join edition e on e.id = r.edition_id
    where d.scheme_id = ${schemeId} and state = 'sealed' order by effective_date, seal_position`,
  );
}

export async function withChanges(db: EntityManager, rows: readonly SealedRow[]): Promise<SealedSet[]> {
  const sets: SealedSet[] = [];
  for (const row of rows) sets.push({ ...row, ...(await readChangesOf(db, row)) });
  return sets;
}

export async function readChangesOf(
  db: EntityManager,
  draft: Pick<DraftRow, 'id' | 'schemeId' | 'edition' | 'baseRevision'>,
): Promise<ChangesOfDraft> {
  const rows = await run<{ entry: Entry }>(
    db,
    sql`select before as entry from draft_entry where draft_id = ${draft.id} and before is not null`,
  );
  const acknowledgements = await readAcknowledgements(db, draft.id);
  return {
    overlay: await readOverlay(db, draft.id),
    before: new Map(rows.map(({ entry }) => [entry.conceptId, entry])),
    edition: draft.edition,
    baseEdition: draft.baseRevision === null ? null : await editionOf(db, draft.schemeId, draft.baseRevision),
    formerHolders: await formerHoldersOf(db, draft),
    ended: await readEndedSince(db, draft),
    acknowledged: new Set(acknowledgements.map(({ finding }) => finding)),
  };
}

/** The map in force, whole. */
export async function readHead(db: EntityManager, schemeId: string): Promise<Base | null> {
  const head = await headOf(db, schemeId);
  if (!head) return null;
  const ids = await run<{ id: ConceptId }>(db, sql`select id from concept where scheme_id = ${schemeId}`);
  return {
    entries: await loadMap(db, schemeId),
    ...inForce(head),
    edition: await editionOf(db, schemeId, head.number),
    known: new Set(ids.map(({ id }) => id)),
    freed: new Map(),
    ended: new Map(),
  };
}

export function inForce({ number, contentHash }: RevisionRow): Pick<Base, 'revision' | 'contentHash'> {
  return { revision: number, contentHash: contentHash.toString('hex') };
}

export async function editionOf(db: EntityManager, schemeId: string, number: number): Promise<Edition> {
  const { editionId } = await db.findOneByOrFail(RevisionRow, { schemeId, number });
  return (await db.findOneByOrFail(EditionRow, { id: editionId })).definition;
}

export interface Chain {
  readonly head: RevisionRow | null;
  readonly sets: readonly SealedRow[];
  /** Changes with the map in force and with whatever is sealed: what was computed outside the lock holds while it is the same. */
  readonly mark: Hash;
}

/** What is in force and what is sealed on it, without any entry. */
export async function readChain(db: EntityManager, schemeId: string): Promise<Chain> {
  const [head, sets] = [await headOf(db, schemeId), await listSealed(db, schemeId)];
  const marks = sets.map(({ id, version, sealedHash, sealedOn }) => [id, version, sealedHash, sealedOn]);
  const mark = createHash('sha256').update(JSON.stringify([head?.number, marks]));
  return { head, sets, mark: mark.digest('hex') };
}

export async function chainMark(db: EntityManager, schemeId: string): Promise<Hash> {
  return (await readChain(db, schemeId)).mark;
}
