import { run, sql, type Executor } from '#platform';
import { rankByCode, type ConceptId, type Entry } from '#taxonomy';
import { atRevision } from '../../reading/at-revision.ts';
import type { FoundRevision } from '../../reading/find-revision.ts';

/** What people read in a file for editing in place of what only programs need. */
export interface ForPeople {
  /** The order of entries with a code follows from it, so nobody needs to see numbers for it. */
  readonly ranksFollowCodes: boolean;
  /** Titles of entries without a code, where a title tells one from all others. */
  readonly headings: ReadonlyMap<ConceptId, string>;
}

type Place = Pick<Entry, 'conceptId' | 'code' | 'parentId' | 'rank'> & { readonly title: string | null };

export async function readForPeople(db: Executor, found: FoundRevision): Promise<ForPeople> {
  const { schemeId, number, edition } = found;
  const places = await run<Place>(
    db,
    sql`
    select e.concept_id as "conceptId", e.code, e.parent_id as "parentId", e.rank,
      case when e.code is null then e.titles -> ${edition.source.language}::text ->> 'official' end as title
    from entry e where ${atRevision(schemeId, number)}`,
  );
  return forPeople(edition, places);
}

export function forPeople(grammar: FoundRevision['edition'], places: readonly Place[]): ForPeople {
  const nothing = { titles: {}, notes: {}, attributes: {} };
  const ranks = new Map(places.map(({ conceptId, rank }) => [conceptId, rank]));
  const coded = places.filter(({ code }) => code !== null).map((place) => ({ ...place, ...nothing }));
  const names = new Map<string, ConceptId | null>();
  for (const { code } of coded) names.set(code ?? '', null);
  for (const { conceptId, title } of places) if (title) names.set(title, names.has(title) ? null : conceptId);
  return {
    ranksFollowCodes: rankByCode(grammar, coded).every(
      ({ conceptId, rank }) => ranks.get(conceptId) === rank,
    ),
    headings: new Map([...names].flatMap(([title, id]) => (id ? [[id, title] as const] : []))),
  };
}
