import { parentCodeOf, conceptIdOf, contentHash, rankOf, codeFrom } from '#taxonomy';
import type { Client } from 'pg';
import { bigEdition, titleOf } from './big-map.ts';

const rowsAtOnce = 10_000;

/** Writes new entries straight into the overlay of a draft, as an import would, without its reading and matching. */
export async function fillOverlay(db: Client, draftId: string, codes: readonly string[]): Promise<void> {
  for (let i = 0; i < codes.length; i += rowsAtOnce) {
    const rows = codes.slice(i, i + rowsAtOnce).map((text) => {
      const code = codeFrom(text);
      const parent = parentCodeOf(bigEdition, code);
      const titles = { it: { official: titleOf(code) } };
      const entry = { conceptId: idOf(code), code, titles, notes: {}, attributes: {} };
      const parentId = parent && idOf(parent);
      return { ...entry, parentId, rank: rankOf(bigEdition, code), hash: `\\x${contentHash(entry)}` };
    });
    await db.query(
      `insert into draft_entry (draft_id, concept_id, code, parent_id, rank, titles, notes, attributes, content_hash)
       select $1, "conceptId", code, "parentId", rank, titles, notes, attributes, hash
       from jsonb_to_recordset($2) as r("conceptId" uuid, code text, "parentId" uuid, rank int, titles jsonb,
         notes jsonb, attributes jsonb, hash bytea)`,
      [draftId, JSON.stringify(rows)],
    );
  }
}

const idOf = (code: string) => conceptIdOf('grande', bigEdition.label, code);
