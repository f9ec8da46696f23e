import type { Code, ConceptId, Title } from '#taxonomy';
import { run, sql, type Executor, type Sql } from '#platform';
import type { Held, Surroundings, Work } from './plan.ts';
import {
  render,
  renderedHash,
  renderRetired,
  type CodedEntry,
  type Rendered,
  type RenderRules,
} from './render.ts';
import type { Turn } from './turn.ts';

/** What a turn looks at, and what the plan must know of the target around it. */
export interface Workload {
  readonly work: Work[];
  readonly surroundings: Surroundings;
  /** External ids of the records of the work and of its parents. */
  readonly records: Map<ConceptId, string>;
}

interface Row {
  readonly conceptId: ConceptId;
  readonly code: Code | null;
  readonly level: number;
  readonly titles: Readonly<Record<string, Title>>;
  readonly parentId: ConceptId | null;
  readonly parentCode: Code | null;
  /** Day from which the entry is no longer part of the map. */
  readonly goneOn: string | null;
  readonly held: Held | null;
  /** Codes that it had in the revisions that may have been sent unseen. */
  readonly pastCodes: readonly string[] | null;
  readonly stuck: {
    readonly isRefused: boolean;
    readonly hash: string | null;
    readonly reason: string;
    readonly mayExist: boolean;
  } | null;
}

/**
 * The concepts that changed between the applied and the desired revision, those that are stuck, and those whose record
 * is in doubt; all of them where the target is compared in full. At the cost of what changed, not of the map.
 */
export async function loadWork(executor: Executor, turn: Turn, rules: RenderRules): Promise<Workload> {
  const rows = await readRows(executor, turn);
  const retired = rows.filter(({ goneOn }) => goneOn !== null);
  const codes = rows.flatMap(({ code }) => code ?? []);
  const retiredCodes = retired.flatMap((row) =>
    row.goneOn ? renderRetired(asEntry(row), row.goneOn, rules).code : [],
  );
  const holders = await readHolders(executor, turn.targetId, [...codes, ...retiredCodes]);
  for (const { conceptId, pastCodes } of rows)
    for (const code of pastCodes ?? []) addHolder(holders, code, conceptId);
  const work = toWork(rows, turn, rules, holders);
  const records = await readRecords(executor, turn.targetId, work);
  return {
    work,
    records: new Map(records.map(({ conceptId, externalId }) => [conceptId, externalId])),
    surroundings: {
      uniqueCodes: rules.uniqueCodes,
      longestCode: rules.longestCode,
      holders,
      records: new Map(records.map(({ conceptId, parentId }) => [conceptId, parentId])),
      codes: new Map(
        rows.flatMap(({ parentId, parentCode }) => (parentId && parentCode ? [[parentId, parentCode]] : [])),
      ),
    },
  };
}

function toWork(
  rows: readonly Row[],
  { isInDoubt, mayExist }: Turn,
  rules: RenderRules,
  holders: Surroundings['holders'],
): Work[] {
  const retiredCodes = new Set<string>();
  return rows.flatMap((row): Work[] => {
    const { conceptId, goneOn, held, stuck } = row;
    if (row.code === null) return [];
    const entry = asEntry(row);
    const isTaken = (code: string): boolean =>
      isInDoubt || retiredCodes.has(code) || (holders.get(code) ?? []).some((holder) => holder !== conceptId);
    const content =
      goneOn === null ? render(entry, rules) : retire(entry, { ...row, goneOn }, isInDoubt, rules, isTaken);
    if (!('reason' in content) && !content.active) retiredCodes.add(content.code);
    const wanted = 'reason' in content ? content : { content, hash: renderedHash(content) };
    const isRefused = !isInDoubt && stuck?.isRefused && 'hash' in wanted && stuck.hash === wanted.hash;
    return [
      {
        conceptId,
        code: entry.code,
        title: entry.titles[rules.language]?.official ?? '',
        wanted,
        held,
        refusedBefore: isRefused ? stuck.reason : null,
        resend: isInDoubt,
        // What is not wanted now was not sent by an attempt at this very revision.
        mayExist: (mayExist && goneOn === null) || isInDoubt || (stuck?.mayExist ?? false),
      },
    ];
  });
}

/** A record that goes out of use stays where the target has it; where nobody knows that, it goes to the top. */
function retire(
  entry: CodedEntry,
  { goneOn, held }: Row & { readonly goneOn: string },
  isInDoubt: boolean,
  rules: RenderRules,
  isTaken: (code: string) => boolean,
): Rendered {
  const parentId = isInDoubt ? null : held ? held.parentId : entry.parentId;
  return renderRetired({ ...entry, parentId }, goneOn, rules, isTaken);
}

function asEntry({ conceptId, code, level, titles, parentId }: Row): CodedEntry {
  if (code === null) throw new Error(`the entry ${conceptId} has no code`);
  return { conceptId, code, level, titles, parentId };
}

async function readRows(executor: Executor, turn: Turn): Promise<Row[]> {
  const { targetId, desired } = turn;
  return run<Row>(
    executor,
    sql`with candidate as (${turn.isFull ? everything(turn) : whatChanged(turn)}
          union select concept_id from stuck where target_id = ${targetId}
          union select concept_id from link where target_id = ${targetId} and hash is null)
        select c.concept_id as "conceptId", coalesce(now.code, last.code) as code, coalesce(now.level, last.level) as level,
          coalesce(now.titles, last.titles) as titles,
          case when now.code is null then last.parent_id when parent.code is not null then now.parent_id end as "parentId",
          parent.code as "parentCode", last.gone_on as "goneOn",
          (select jsonb_build_object('externalId', l.external_id, 'generation', l.generation, 'state', l.state,
             'code', l.code, 'parentId', l.parent_id, 'hash', l.hash)
           from link l where l.target_id = ${targetId} and l.concept_id = c.concept_id
           order by l.generation desc limit 1) as held,
          case when ${turn.isInDoubt} then (
            select array_agg(distinct past.code) from entry past
            where past.concept_id = c.concept_id and past.code is not null and past.from_revision <= ${desired}
              and (past.to_revision is null or past.to_revision > ${turn.applied})) end as "pastCodes",
          (select jsonb_build_object('hash', s.hash, 'reason', s.reason, 'mayExist', s.may_exist,
             'isRefused', s.class = 'rejected' and s.next_attempt_at > now())
           from stuck s where s.target_id = ${targetId} and s.concept_id = c.concept_id) as stuck
        from candidate c
          left join entry now on now.concept_id = c.concept_id and now.code is not null and ${isLive(sql`now`, desired)}
          left join entry parent on parent.concept_id = now.parent_id and ${isLive(sql`parent`, desired)}
          left join lateral (
            select e.code, e.parent_id, e.level, e.titles, r.effective_date as gone_on, e.from_revision
            from entry e join revision r on r.scheme = e.scheme and r.number = e.to_revision
            where now.code is null and e.concept_id = c.concept_id and e.code is not null and e.to_revision + 0 <= ${desired}
            union all
            select w.code, w.parent_id, w.level, w.titles, w.withdrawn_on, 0
            from withdrawn_entry w where now.code is null and w.concept_id = c.concept_id
            order by from_revision desc limit 1) last on true`,
  );
}

/** What is in force, and what the target has; where that is in doubt, also what it may have been sent. */
function everything({ scheme, targetId, desired, isInDoubt }: Turn): Sql {
  return sql`
    select concept_id from entry e where scheme = ${scheme} and code is not null
      and from_revision <= ${desired} and (${isInDoubt} or ${isLive(sql`e`, desired)})
    union select concept_id from link where target_id = ${targetId} and state = 'current'`;
}

/** Touched entries; and what stands below one that has no code, or had none, because its place in targets may change. */
function whatChanged({ scheme, applied, desired }: Turn): Sql {
  return sql`
    select concept_id from (${touched(scheme, applied, desired)}) t
    union select e.concept_id from entry e join (${touched(scheme, applied, desired)}) t on e.parent_id = t.concept_id
    where t.code is null and ${isLive(sql`e`, desired)}`;
}

const touched = (scheme: string, applied: number, desired: number): Sql => sql`
    select concept_id, code from entry
    where scheme = ${scheme} and from_revision > ${applied} and from_revision <= ${desired}
    union all
    select concept_id, code from entry
    where scheme = ${scheme} and to_revision > ${applied} and to_revision <= ${desired}`;

const isLive = (entry: Sql, revision: number): Sql =>
  sql`${entry}.from_revision <= ${revision} and (${entry}.to_revision is null or ${entry}.to_revision > ${revision})`;

async function readHolders(
  executor: Executor,
  targetId: string,
  codes: readonly string[],
): Promise<Map<string, ConceptId[]>> {
  const rows = await run<{ code: string; conceptId: ConceptId }>(
    executor,
    sql`select code, concept_id as "conceptId" from link where target_id = ${targetId} and code = any(${codes}::text[])`,
  );
  const holders = new Map<string, ConceptId[]>();
  for (const { code, conceptId } of rows) addHolder(holders, code, conceptId);
  return holders;
}

function addHolder(holders: Map<string, ConceptId[]>, code: string, conceptId: ConceptId): void {
  const known = holders.get(code);
  if (!known) holders.set(code, [conceptId]);
  else if (!known.includes(conceptId)) known.push(conceptId);
}

/** Records of the work and of everything that it stands, or will stand, below. */
async function readRecords(
  executor: Executor,
  targetId: string,
  work: readonly Work[],
): Promise<{ conceptId: ConceptId; externalId: string; parentId: ConceptId | null }[]> {
  const concepts = work.flatMap(({ conceptId, wanted }) =>
    'content' in wanted && wanted.content.parentId ? [conceptId, wanted.content.parentId] : [conceptId],
  );
  return run(
    executor,
    sql`with recursive above(concept_id) as (
          select unnest(${[...new Set(concepts)]}::uuid[])
          union
          select l.parent_id from above a join link l on l.target_id = ${targetId} and l.concept_id = a.concept_id
          where l.parent_id is not null)
        select distinct on (l.concept_id) l.concept_id as "conceptId", l.external_id as "externalId", l.parent_id as "parentId"
        from above a join link l on l.target_id = ${targetId} and l.concept_id = a.concept_id
        order by l.concept_id, l.generation desc`,
  );
}
