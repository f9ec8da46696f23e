import { inTransaction, run, sql } from '#platform';
import { merkle, type ConceptId, type Hash } from '#taxonomy';
import type { DataSource } from 'typeorm';
import { EditionRow } from '../database/entities/edition.entity.ts';
import { besideNodes, nodeHash } from '../database/entry-row.ts';
import { headOf } from '../drafts/open-draft.ts';
import { loadMap } from '../drafts/review-in-full.ts';

export interface MapVerdict {
  readonly revision: number;
  /** Content hash as it was published, and as all entries give it now. */
  readonly published: Hash;
  readonly computed: Hash;
  /** Concepts whose stored Merkle node is not the computed one. */
  readonly wrongNodes: readonly ConceptId[];
}

/** Computes the map in force anew from every entry, trusting no stored hash. Null before the first revision. */
export async function verifyMap(db: DataSource, schemeId: string): Promise<MapVerdict | null> {
  return inTransaction(
    db,
    async (snapshot) => {
      const head = await headOf(snapshot, schemeId);
      if (!head) return null;
      const { definition } = await snapshot.findOneByOrFail(EditionRow, { id: head.editionId });
      const entries = await loadMap(snapshot, schemeId);
      const stored = await run<{ id: ConceptId; hash: Hash }>(
        snapshot,
        sql`
        select e.concept_id as id, ${nodeHash} as hash from entry e
        ${besideNodes()}
        where e.scheme_id = ${schemeId} and e.to_revision is null`,
      );
      const { nodes, root } = merkle(schemeId, entries.values(), definition.attributes);
      const known = new Map(stored.map(({ id, hash }) => [id, hash]));
      return {
        revision: head.number,
        published: head.contentHash.toString('hex'),
        computed: root,
        wrongNodes: [...nodes].filter(([id, hash]) => known.get(id) !== hash).map(([id]) => id),
      };
    },
    'REPEATABLE READ',
  );
}

export function holds({ published, computed, wrongNodes }: MapVerdict): boolean {
  return published === computed && wrongNodes.length === 0;
}
