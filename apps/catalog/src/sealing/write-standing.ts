import { json, run, sql } from '#platform';
import type { Entries } from '#taxonomy';
import type { EntityManager } from 'typeorm';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { writeOverlay, writeSuccessions, type Overlay, type OverlayEntry } from '../drafts/overlay.ts';
import type { Base } from './stand-on.ts';

/** Writes a draft anew as it is on another base, and each touched entry as that base has it. */
export async function writeStanding(
  db: EntityManager,
  draft: Pick<DraftRow, 'id'>,
  overlay: Overlay,
  base: Base,
): Promise<void> {
  const { edition, revision } = base;
  await run(
    db,
    sql`update draft set base_revision = ${revision}, edition = ${json(edition)} where id = ${draft.id}`,
  );
  await run(db, sql`delete from draft_entry where draft_id = ${draft.id}`);
  await run(db, sql`delete from draft_succession where draft_id = ${draft.id}`);
  await writeOverlay(db, draft.id, rowsOf(overlay, base.entries));
  const { links } = overlay.successions;
  await writeSuccessions(db, draft.id, { of: links.map(({ predecessor }) => predecessor), to: [], links });
  const before = [...overlay.entries.keys(), ...overlay.retired].flatMap((id) => base.entries.get(id) ?? []);
  await run(
    db,
    sql`
    update draft_entry d set before = row.entry
    from (select entry, (entry ->> 'conceptId')::uuid as id from jsonb_array_elements(${json(before)}) entry) row
    where d.draft_id = ${draft.id} and d.concept_id = row.id and d.before is distinct from row.entry`,
  );
}

function* rowsOf({ entries, retired, successions }: Overlay, base: Entries): Iterable<OverlayEntry> {
  yield* entries.values();
  for (const id of retired) {
    const entry = base.get(id);
    if (entry) yield { ...entry, retired: true, decidedNone: successions.decidedNone.has(id) };
  }
}
