import type { DataSource } from 'typeorm';
import type { ConceptId, Title } from '#taxonomy';
import { isRefusal, run, sql, type Executor, type Logger } from '#platform';
import { TargetError } from '#targets';
import { asKept, say } from '#words';
import type { DriverCabinet, OpenedTarget } from '../delivery/driver-cabinet.ts';
import { keyFor, keyOf } from '../delivery/record-key.ts';
import { hashOfEnded, readEnded } from '../observation/ended-record.ts';
import { readNotOurs } from '../observation/not-ours.ts';
import { ownErrorInWords } from '../delivery/work-system.ts';
import { reachTarget } from '../observation/reach-target.ts';
import { goOn, putOff, type Claim, type Standing } from './claim-check.ts';
import { alteredFields, type Acknowledged, type Stood, type Unstored } from './compare-record.ts';
import { findMissing } from './find-missing.ts';
import { finishCheck, trustPlace, type Again, type Found, type FoundRecord } from './finish-check.ts';
import { giveMeaning, judgeUnlinked, type KnownGeneration } from './judge-unlinked.ts';
import { mostFindings, mostUnlinked, readBack, type Altered, type ReadBack } from './read-back.ts';

export interface DriftContext {
  readonly dataSource: DataSource;
  readonly drivers: DriverCabinet;
  readonly logger: Logger;
  /** A check ended in an error of our own. */
  readonly onOwnError: () => void;
  readonly settings: Again & {
    readonly leaseMs: number;
    /** A target that cannot be read, or that was written to meanwhile, is read again after so long. */
    readonly againMs: number;
  };
}

/**
 * One check of a target, safe against a kill at any moment because nothing is written before its end:
 * 1. every page is compared with the ledger as it is read;
 * 2. what nobody saw is missing; what carries a key of ours and is not in the ledger is a second record;
 * 3. one transaction writes the report and, where the profile says so, what delivery is to mend.
 * A delivery that begins meanwhile makes it worthless: it is done anew. An error of our own puts it off, and says so.
 */
export async function runCheck(
  context: DriftContext,
  claim: Claim & Standing,
  signal: AbortSignal,
): Promise<void> {
  const { dataSource: db, drivers, logger, settings } = context;
  const { targetId } = claim;
  const target = await reachTarget(db, drivers, targetId);
  if (isRefusal(target)) return putOff(db, claim, settings.againMs, asKept(target.detail ?? target.title));
  const { opened, scheme, isMoved } = target;
  if (!opened.driver.capabilities.canList) {
    if (isMoved) await trustPlace(db, targetId);
    return putOff(db, claim, settings.everyMs, asKept(say`its protocol cannot list what it holds`));
  }
  const unstored = await readUnstored(db, scheme);
  const notOurs = await readNotOurs(db, targetId);
  try {
    const again = (): Promise<boolean> => goOn(db, claim, settings.leaseMs);
    const back = await readBack(db, targetId, opened, unstored, notOurs, isMoved, again, signal);
    const judged = back && (await judge(db, targetId, scheme, opened, unstored, back));
    // Records that were made unseen are not second ones: whoever delivers next looks for them.
    const found = judged && target.attempting !== null ? { ...judged, extras: [], unknown: [] } : judged;
    const written = found && (await finishCheck(db, claim, found, opened.rules.policies, settings));
    if (!found || !written) return putOff(db, claim, settings.againMs, null);
    const { records, foreign } = found;
    const counts = {
      missing: found.missing.length,
      altered: found.altered.length,
      extra: found.extras.length,
    };
    logger.info({ target: targetId, records, foreign, ...counts }, 'drift check');
    const { recurring } = written;
    if (recurring > 0)
      logger.warn(
        { target: targetId, recurring },
        'records are mended again and again: something at the target changes them',
      );
  } catch (error) {
    if (error instanceof TargetError) {
      if (signal.aborted) return putOff(db, claim, 0, null);
      return putOff(db, claim, settings.againMs, error.answer.reason);
    }
    logger.error({ err: error, target: targetId }, 'an error of our own; the drift check is put off');
    context.onOwnError();
    await putOff(db, claim, settings.againMs, ownErrorInWords(error));
  }
}

async function judge(
  db: DataSource,
  targetId: string,
  scheme: string,
  opened: OpenedTarget,
  unstored: Unstored,
  back: ReadBack,
): Promise<Found> {
  const missing = await findMissing(db, targetId, back.seen);
  const concepts = [...new Set(back.unlinked.flatMap((record) => keyOf(record)?.conceptId ?? []))];
  const ours = await readOurs(db, scheme, concepts);
  const known = await readGenerations(db, targetId, concepts);
  const unlinked = judgeUnlinked(back.unlinked, missing, known, (id) => ours.has(id));
  const extraOf = [...new Set(unlinked.extras.map(({ conceptId }) => conceptId))];
  const { extras, unknown } = giveMeaning(
    unlinked.extras,
    await readEnded(db, extraOf),
    await readCodes(db, targetId, extraOf),
    opened.rules,
    opened.driver.capabilities,
  );
  const judged = { ...unlinked, extras, foreign: [...unlinked.foreign, ...unknown] };
  const parents = await readConcepts(
    db,
    targetId,
    judged.extras.flatMap(({ record }) => record.content.parent ?? []),
  );
  const fields = await explain(db, opened, unstored, back.altered);
  const bare = { conceptId: null, generation: null, fields: [] };
  const findings: FoundRecord[] = [
    ...missing.slice(0, mostFindings).map(({ conceptId, generation, code, externalId }) => ({
      kind: 'missing' as const,
      externalId,
      code,
      conceptId,
      generation,
      fields: [],
    })),
    ...fields,
    ...judged.extras.map(({ record, conceptId, generation }) => ({
      kind: 'extra' as const,
      externalId: record.externalId,
      code: record.content.code,
      conceptId,
      generation,
      fields: [],
    })),
    ...[...back.someForeign, ...judged.foreign].slice(0, mostFindings).map(({ externalId, content }) => ({
      ...bare,
      kind: 'foreign' as const,
      externalId,
      code: content.code,
    })),
  ];
  return {
    records: back.records,
    missing,
    replaced: judged.replaced,
    altered: back.altered.map(({ link, foundCode }) => ({ ...link, foundCode })),
    doubtful: back.doubtful,
    extras: judged.extras.map((extra) => {
      const { record, meant } = extra;
      const { parent } = record.content;
      const parentId = parent === null ? null : parents.get(parent);
      // One that gets another generation must get its key, too.
      const isNamed = record.key === keyFor(extra);
      return { ...extra, parentId: parentId ?? null, hash: isNamed ? hashOfEnded(meant, parentId) : null };
    }),
    unknown,
    mayStand: back.unlinked.length === mostUnlinked || (await isUnseen(db, targetId, concepts)),
    foreign: back.foreign + judged.foreign.length,
    findings,
  };
}

/** Field by field, what the first altered records say. */
async function explain(
  db: Executor,
  { rules, driver }: OpenedTarget,
  unstored: Unstored,
  altered: readonly Altered[],
): Promise<FoundRecord[]> {
  const kept = altered.filter(({ record }) => record !== null);
  const stood = Map.groupBy(
    await run<Stood & { conceptId: ConceptId; titles: Record<string, Title> }>(
      db,
      sql`select concept_id as "conceptId", level, titles from entry
          where concept_id = any(${kept.map(({ link }) => link.conceptId)}::uuid[])
          union all select concept_id, level, titles from withdrawn_entry
          where concept_id = any(${kept.map(({ link }) => link.conceptId)}::uuid[])`,
    ),
    ({ conceptId }) => conceptId,
  );
  return kept.flatMap(({ link, record, parent }): FoundRecord[] => {
    const { conceptId, generation, code, externalId, parentId, hash } = link;
    if (!record || hash === null || link.state === 'pending') return [];
    const acknowledged: Acknowledged = {
      key: keyFor(link),
      code,
      parentId,
      hash,
      state: link.state === 'current' ? 'current' : 'ended',
    };
    const known = stood.get(conceptId) ?? [];
    const { capabilities } = driver;
    const fields = alteredFields(record, parent, acknowledged, known, rules, capabilities, unstored);
    return [{ kind: 'altered', externalId, code, conceptId, generation, fields }];
  });
}

async function readUnstored(db: Executor, scheme: string): Promise<Unstored> {
  const [found] = await run<Unstored>(
    db,
    sql`select coalesce((select array_agg(distinct level) from entry where scheme = ${scheme}), '{}') as levels,
          coalesce((select array_agg(distinct (day - 1)::text) from (
            select effective_date as day from revision where scheme = ${scheme}
            union select withdrawn_on from withdrawn_entry where scheme = ${scheme}) days), '{}') as "lastDays"`,
  );
  return found ?? { levels: [], lastDays: [] };
}

async function readOurs(
  db: Executor,
  scheme: string,
  concepts: readonly ConceptId[],
): Promise<Set<ConceptId>> {
  const rows = await run<{ id: ConceptId }>(
    db,
    sql`select concept_id as id from entry where scheme = ${scheme} and concept_id = any(${concepts}::uuid[])
        union select concept_id from withdrawn_entry where scheme = ${scheme} and concept_id = any(${concepts}::uuid[])`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Whether a request without an answer may have made a record of one of some concepts. */
async function isUnseen(db: Executor, targetId: string, concepts: readonly ConceptId[]): Promise<boolean> {
  const unseen = await run(
    db,
    sql`select from stuck where target_id = ${targetId} and may_exist and concept_id = any(${concepts}::uuid[]) limit 1`,
  );
  return unseen.length > 0;
}

/** Codes that concepts have in the revision that a target should hold. */
async function readCodes(
  db: Executor,
  targetId: string,
  concepts: readonly ConceptId[],
): Promise<Map<ConceptId, string>> {
  if (concepts.length === 0) return new Map();
  const rows = await run<{ conceptId: ConceptId; code: string }>(
    db,
    sql`select e.concept_id as "conceptId", e.code from desired d join entry e on e.scheme = d.scheme
        where d.target_id = ${targetId} and e.concept_id = any(${concepts}::uuid[]) and e.code is not null
          and e.from_revision <= d.revision and (e.to_revision is null or e.to_revision > d.revision)`,
  );
  return new Map(rows.map(({ conceptId, code }) => [conceptId, code]));
}

async function readGenerations(
  db: Executor,
  targetId: string,
  concepts: readonly ConceptId[],
): Promise<KnownGeneration[]> {
  return run<KnownGeneration>(
    db,
    sql`select concept_id as "conceptId", generation, state = 'pending' as "isPending" from link
        where target_id = ${targetId} and concept_id = any(${concepts}::uuid[])`,
  );
}

async function readConcepts(
  db: Executor,
  targetId: string,
  externalIds: readonly string[],
): Promise<Map<string, ConceptId>> {
  const rows = await run<{ externalId: string; conceptId: ConceptId }>(
    db,
    sql`select external_id as "externalId", concept_id as "conceptId" from link
        where target_id = ${targetId} and external_id = any(${externalIds}::text[]) and state <> 'deleted'`,
  );
  return new Map(rows.map(({ externalId, conceptId }) => [externalId, conceptId]));
}
