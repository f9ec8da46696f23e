import { run, sql, type Executor } from '#platform';
import { atRevision } from '../reading/at-revision.ts';
import type { FoundRevision } from '../reading/find-revision.ts';
import type { Extent } from './table/columns-of.ts';

/** Which texts, languages and attributes the entries of a revision have. */
export async function readExtent(
  db: Executor,
  { schemeId, number }: Pick<FoundRevision, 'schemeId' | 'number'>,
): Promise<Extent> {
  const live = atRevision(schemeId, number);
  const texts = await run<Extent['texts'][number]>(
    db,
    sql`
    select distinct case field when 'official' then 'title' when 'short' then 'shortTitle' else field end as kind, language
    from entry e,
      lateral (select * from jsonb_each(e.titles) union all select * from jsonb_each(e.notes)) t(language, texts),
      jsonb_object_keys(t.texts) field
    where ${live}`,
  );
  const attributes = await run<Extent['attributes'][number]>(
    db,
    sql`
    select distinct name, case jsonb_typeof(value) when 'string' then 'text' when 'boolean' then 'boolean' else 'integer' end as type
    from entry e, jsonb_each(e.attributes) a(name, value)
    where ${live}`,
  );
  return { texts, attributes };
}
