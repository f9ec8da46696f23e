import { run, sql, type Executor } from '#platform';
import type { ConceptId } from '#taxonomy';

export interface Missing {
  readonly conceptId: ConceptId;
  readonly generation: number;
  readonly externalId: string;
  readonly state: 'current' | 'ended';
  readonly code: string;
}

const pageSize = 5_000;

/**
 * Records that were acknowledged and that nobody saw, also where their content is in doubt: delivery does not look at one that is stuck,
 * or that waits for what is stuck because this one is gone. Those that are to be deleted are not missed.
 */
export async function findMissing(
  executor: Executor,
  targetId: string,
  seen: ReadonlySet<string>,
): Promise<Missing[]> {
  const missing: Missing[] = [];
  let last: Pick<Missing, 'conceptId' | 'generation'> | null = null;
  for (;;) {
    const page: Missing[] = await run<Missing>(
      executor,
      sql`select concept_id as "conceptId", generation, external_id as "externalId", state, code from link
          where target_id = ${targetId} and state in ('current', 'ended')
            and (concept_id, generation) > (${last?.conceptId ?? '00000000-0000-0000-0000-000000000000'}::uuid, ${last?.generation ?? 0}::int)
          order by concept_id, generation limit ${pageSize}`,
    );
    missing.push(...page.filter(({ externalId }) => !seen.has(externalId)));
    last = page.at(-1) ?? null;
    if (page.length < pageSize) return missing;
  }
}
