import { isDeepStrictEqual } from 'node:util';
import type { Edition } from '#contracts';
import { refuse, run, sql, type Executor, type Refusal } from '#platform';
import { say } from '#words';

interface Labelled {
  readonly schemeId: string;
  /** The draft that brings the edition; null: there is none yet. */
  readonly draftId: string | null;
  readonly edition: Edition;
}

/**
 * A label names one edition of a scheme: what carries a known one must be that very edition.
 * @param among editions that are published, or also those that are sealed by another draft
 */
export async function refuseLabel(
  db: Executor,
  { schemeId, draftId, edition }: Labelled,
  among: 'published' | 'published and sealed',
): Promise<Refusal | null> {
  const known = await run<{ definition: Edition }>(
    db,
    sql`
    select definition from edition where scheme_id = ${schemeId} and label = ${edition.label}
    union all
    select edition from draft
    where scheme_id = ${schemeId} and state = 'sealed' and id is distinct from ${draftId} and edition ->> 'label' = ${edition.label}
      and ${among === 'published and sealed'}`,
  );
  if (known.every(({ definition }) => isDeepStrictEqual(definition, edition))) return null;
  return refuse('edition-exists', {
    title: say`An edition of this name exists`,
    status: 409,
    detail: say`There is an edition "${edition.label}" already; give the new one another label.`,
  });
}
