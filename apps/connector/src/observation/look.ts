import type { DataSource } from 'typeorm';
import type { Code, ConceptId, Title } from '#taxonomy';
import { isRefusal, run, sql, type Executor, type Refusal } from '#platform';
import type { StoredRecord } from '#targets';
import type { DriverCabinet, OpenedTarget } from '../delivery/driver-cabinet.ts';
import { keyOf } from '../delivery/record-key.ts';
import { bestFit, standsIn, type PastEntry } from './best-fit.ts';
import { maySucceed } from '../delivery/policies.ts';
import { readMeant, type Meant } from './ended-record.ts';
import { endedBeside, matchRecords, type Matched } from './match-records.ts';
import { readNotOurs } from './not-ours.ts';
import { listRecords, reachTarget } from './reach-target.ts';

export interface Observed {
  readonly opened: OpenedTarget;
  /** See `placeOf`. */
  readonly place: string;
  readonly records: readonly StoredRecord[];
  /** Of all revisions. */
  readonly entries: readonly PastEntry[];
  readonly fits: number;
  readonly desired: number;
  readonly matched: Matched;
  /** Of our records that have ended, by their external ids. */
  readonly meant: ReadonlyMap<string, Meant>;
  /** Of our records, those of which nobody knows what they meant; foreign where records are succeeded. */
  readonly unsure: readonly StoredRecord[];
}

/** Reads all records of a target, and says what they are. Writes nothing, here or there. */
export async function look(
  db: DataSource,
  drivers: DriverCabinet,
  targetId: string,
  signal: AbortSignal,
): Promise<Observed | Refusal> {
  const target = await reachTarget(db, drivers, targetId);
  if (isRefusal(target)) return target;
  const { opened, place } = target;
  const records = await listRecords(targetId, opened, signal);
  if (isRefusal(records)) return records;
  const entries = await readPastEntries(db, target.scheme);
  const { language } = opened.rules;
  const seen = records.map(({ content: { code, title } }) => ({ code, title }));
  // Where no title is known, a code alone can still be asked about.
  const fits = bestFit(seen, entries, language, target.newest) || target.desired;
  const concepts = new Set(entries.map(({ conceptId }) => conceptId));
  const notOurs = await readNotOurs(db, targetId);
  const isDecided = ({ externalId }: StoredRecord): boolean => notOurs.has(externalId);
  const open = records.filter((record) => !isDecided(record));
  const ofOurs = open.filter((record) => isOf(concepts, record));
  const meant = await readMeant(db, ofOurs, opened.rules, opened.driver.capabilities);
  const codes = codesOf(entries);
  const isUnsure = (record: StoredRecord): boolean =>
    !record.content.active &&
    !meant.has(record.externalId) &&
    !codes.has(`${keyOf(record)?.conceptId} ${record.content.code}`);
  const unsure = maySucceed(opened.rules.policies) ? ofOurs.filter(isUnsure) : [];
  const isLeft = new Set(unsure);
  const known = open.filter((record) => !isLeft.has(record));
  const found = matchRecords(known, entries.filter(standsIn(fits)), concepts, language);
  const beside = endedBeside(ofOurs, found.adopted, meant);
  const isOurs = new Set(beside.map(({ record }) => record));
  const matched = {
    ...found,
    adopted: [...found.adopted, ...beside],
    foreign: [
      ...found.foreign.filter((record) => !isOurs.has(record)),
      ...unsure,
      ...records.filter(isDecided),
    ],
  };
  return { opened, place, records, entries, fits, desired: target.desired, matched, meant, unsure };
}

/** Every code that each concept ever had: `concept code`. */
export const codesOf = (entries: readonly PastEntry[]): Set<string> =>
  new Set(entries.map(({ conceptId, code }) => `${conceptId} ${code}`));

function isOf(concepts: ReadonlySet<ConceptId>, record: StoredRecord): boolean {
  const key = keyOf(record);
  return key !== null && concepts.has(key.conceptId);
}

/** Each state of each entry with a code, with the revisions in which it stood. */
async function readPastEntries(executor: Executor, scheme: string): Promise<PastEntry[]> {
  return run<PastEntry & { code: Code; titles: Record<string, Title> }>(
    executor,
    sql`select e.concept_id as "conceptId", e.code, e.level, e.titles, e.parent_id as "parentId",
          e.from_revision as "from", e.to_revision as "to"
        from entry e where e.scheme = ${scheme} and e.code is not null order by e.from_revision, e.rank, e.code`,
  );
}
