import type { SealedEvent } from '#contracts';
import { json, run, sql, type Executor } from '#platform';
import type { Change } from '#taxonomy';
import type { Base } from './stand-on.ts';

export interface Seal {
  readonly schemeId: string;
  readonly draftId: string;
  /** Label with which it comes into force, as far as is known now. */
  readonly edition: string;
  readonly effectiveDate: string;
  readonly contentHash: string;
  readonly on: Pick<Base, 'contentHash' | 'revision'>;
  readonly changes: readonly Change[];
}

const rowsAtOnce = 2_000;

/** Stores where a set stands now, and the changes that it will make, in place of what was stored before. */
export async function writeSealed(
  db: Executor,
  { draftId, edition, effectiveDate, contentHash, on, changes }: Seal,
): Promise<void> {
  await run(
    db,
    sql`
    update draft set state = 'sealed', effective_date = ${effectiveDate}, sealed_hash = decode(${contentHash}, 'hex'),
      sealed_on = decode(${on.contentHash}, 'hex'), sealed_on_revision = ${on.revision}, sealed_edition = ${edition}, returned_at = null,
      returned_findings = '[]', version = version + 1,
      seal_position = coalesce(seal_position, (select 1 + coalesce(max(seal_position), 0) from draft))
    where id = ${draftId}`,
  );
  await clearChanges(db, draftId);
  for (let i = 0; i < changes.length; i += rowsAtOnce)
    await run(
      db,
      sql`
      insert into sealed_change (draft_id, index, change)
      select ${draftId}, ${i} + place, change
      from jsonb_array_elements(${json(changes.slice(i, i + rowsAtOnce))}) with ordinality as row(change, place)`,
    );
}

export async function clearChanges(db: Executor, draftId: string): Promise<void> {
  await run(db, sql`delete from sealed_change where draft_id = ${draftId}`);
}

export function sealedEvent(seal: Seal, at: Date): SealedEvent {
  const { schemeId: scheme, draftId: set, edition, effectiveDate, contentHash, on, changes } = seal;
  return {
    scheme,
    set,
    effectiveDate,
    edition,
    changes: changes.length,
    contentHash,
    baseHash: on.contentHash ?? '',
    changesAt: `/api/v1/schemes/${scheme}/sealed/${set}/changes`,
    sealedAt: at.toISOString(),
  };
}
