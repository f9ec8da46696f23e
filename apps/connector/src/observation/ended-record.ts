import { run, sql, type Executor } from '#platform';
import type { Capabilities, StoredRecord } from '#targets';
import type { ConceptId, Hash, Title } from '#taxonomy';
import type { PastEntry } from '../delivery/load-entries.ts';
import { keyOf } from '../delivery/record-key.ts';
import { renderedHash, renderRetired, type Rendered, type RenderRules } from '../delivery/render.ts';

/** Code and hash of the notes under which a record was in use; null notes: nobody knows which. */
export interface Meant {
  readonly code: string;
  readonly notes: string | null;
  /** What it says, where that is all that we would write, whatever it stands below. */
  readonly says: Rendered | null;
}

/**
 * How a concept stood until some day; or from some day on, where a target that was brought back ended it; or when the catalog took it
 * back.
 */
export interface Ended extends PastEntry {
  readonly is: 'ended' | 'begun' | 'withdrawn';
}

type Stores = Pick<Capabilities, 'storesLevel' | 'storesValidTo'>;

/**
 * What a record of ours meant that has ended: its code says which, with the day on which that ended, as we write it. Where
 * that is not certain it has no meaning that could be kept.
 * @param ended how its concept stood until some day, each time
 */
export function meantByEnded(
  record: StoredRecord,
  ended: readonly Ended[],
  rules: RenderRules,
  stores: Stores,
): Meant | null {
  const name = keyOf(record);
  const { code, active, validTo } = record.content;
  if (!name || active) return null;
  const fits = (past: PastEntry) =>
    [false, true]
      .map((isTaken) =>
        renderRetired({ ...past, ...name, parentId: null }, past.goneOn, rules, () => isTaken),
      )
      .filter((content) => content.code === code && mayBeSame(content.validTo, validTo))
      .map((content) => ({ past, content }));
  const fitting =
    (['ended', 'begun', 'withdrawn'] as const)
      .map((which) => ended.filter(({ is }) => is === which).flatMap(fits))
      .find(({ length }) => length > 0) ?? [];
  const [one, ...others] = fitting.map(({ past }) => past);
  if (!one || others.some((other) => other.code !== one.code || other.notes !== one.notes)) return null;
  const said = fitting.find(({ content }) => saysAll(record, content, stores));
  return { code: one.code, notes: one.notes, says: said?.content ?? null };
}

/** The hash of a record that has ended and says what we would write; null: it is to be written. @param parentId undefined: it stands below what is not ours */
export function hashOfEnded(
  meant: Meant | null | undefined,
  parentId: ConceptId | null | undefined,
): Hash | null {
  return meant?.says && parentId !== undefined ? renderedHash({ ...meant.says, parentId }) : null;
}

function saysAll(
  { content }: StoredRecord,
  wanted: Rendered,
  { storesLevel, storesValidTo }: Stores,
): boolean {
  return (
    content.title === wanted.title &&
    (!storesLevel || content.level === wanted.level) &&
    (!storesValidTo || content.validTo === wanted.validTo)
  );
}

/** Not every target, nor every policy, says the last day. */
const mayBeSame = (day: string | null, other: string | null): boolean =>
  day === null || other === null || day === other;

/** How some concepts stood until some day, and from some day on, each time; and when the catalog took them back. */
export async function readEnded(executor: Executor, concepts: readonly ConceptId[]): Promise<Ended[]> {
  if (concepts.length === 0) return [];
  return run<Ended & { titles: Record<string, Title> }>(
    executor,
    sql`select e.concept_id as "conceptId", e.code, md5(e.notes::text) as notes, e.level, e.titles, r.effective_date as "goneOn",
          case r.number when e.from_revision then 'begun' else 'ended' end as is
        from entry e join revision r on r.scheme = e.scheme and r.number in (e.from_revision, e.to_revision)
        where e.concept_id = any(${concepts}::uuid[]) and e.code is not null
        union all
        select concept_id, code, null, level, titles, withdrawn_on, 'withdrawn'
        from withdrawn_entry where concept_id = any(${concepts}::uuid[])`,
  );
}

/** The records of a target that have ended, by their external ids, with what they meant. */
export async function readMeant(
  executor: Executor,
  records: readonly StoredRecord[],
  rules: RenderRules,
  stores: Stores,
): Promise<Map<string, Meant>> {
  const closed = records.flatMap((record) => {
    const name = record.content.active ? null : keyOf(record);
    return name ? [{ record, conceptId: name.conceptId }] : [];
  });
  const ended = await readEnded(executor, [...new Set(closed.map(({ conceptId }) => conceptId))]);
  const endedOf = Map.groupBy(ended, ({ conceptId }) => conceptId);
  return new Map(
    closed.flatMap(({ record, conceptId }) => {
      const meant = meantByEnded(record, endedOf.get(conceptId) ?? [], rules, stores);
      return meant ? [[record.externalId, meant] as const] : [];
    }),
  );
}
