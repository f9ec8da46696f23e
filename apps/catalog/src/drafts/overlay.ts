import { json, run, sql, type Executor } from '#platform';
import { contentHash, type ConceptId, type Entry, type Successions } from '#taxonomy';
import { entryColumns } from '../database/entry-row.ts';

/** What a draft changes: the next state of each concept that it touches, the retired ones, and who succeeds them. */
export interface Overlay {
  readonly entries: ReadonlyMap<ConceptId, Entry>;
  readonly retired: ReadonlySet<ConceptId>;
  readonly successions: Successions;
}

type OverlayRow = Entry & { readonly retired: boolean; readonly successors: ConceptId[] };

export async function readOverlay(db: Executor, draftId: string): Promise<Overlay> {
  const rows = await run<OverlayRow>(
    db,
    sql`
    select ${entryColumns}, e.retired, e.successors from draft_entry e where e.draft_id = ${draftId}`,
  );
  const retired = rows.filter((row) => row.retired);
  return {
    entries: new Map(
      rows
        .filter((row) => !row.retired)
        .map(({ retired: _, successors: __, ...entry }) => [entry.conceptId, entry]),
    ),
    retired: new Set(retired.map(({ conceptId }) => conceptId)),
    successions: {
      links: retired.flatMap(({ conceptId, successors }) =>
        successors.map((successor) => ({ predecessor: conceptId, successor })),
      ),
      decidedNone: new Set(
        retired.filter(({ successors }) => successors.length === 0).map(({ conceptId }) => conceptId),
      ),
    },
  };
}

const rowsAtOnce = 5_000;

/** Writes the next state of concepts into the overlay; a second write of one concept replaces the first. */
export async function writeOverlay(
  db: Executor,
  draftId: string,
  entries: Iterable<Entry & { readonly retired?: boolean; readonly successors?: readonly ConceptId[] }>,
): Promise<void> {
  const rows = [...entries];
  for (let i = 0; i < rows.length; i += rowsAtOnce) {
    const chunk = rows
      .slice(i, i + rowsAtOnce)
      .map((entry) => ({ ...entry, hash: `\\x${contentHash(entry)}` }));
    await run(
      db,
      sql`
      insert into draft_entry (draft_id, concept_id, retired, successors, code, parent_id, rank, titles, notes, attributes, content_hash)
      select ${draftId}::uuid, "conceptId", coalesce(retired, false), coalesce(successors, '{}'), code, "parentId", rank, titles, notes, attributes, hash
      from jsonb_to_recordset(${json(chunk)}) as r("conceptId" uuid, retired boolean, successors uuid[], code text,
        "parentId" uuid, rank int, titles jsonb, notes jsonb, attributes jsonb, hash bytea)
      on conflict (draft_id, concept_id) do update set
        (retired, successors, code, parent_id, rank, titles, notes, attributes, content_hash) =
        (excluded.retired, excluded.successors, excluded.code, excluded.parent_id, excluded.rank, excluded.titles,
         excluded.notes, excluded.attributes, excluded.content_hash)`,
    );
  }
}
