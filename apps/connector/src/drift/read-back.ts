import type { ConceptId, Hash } from '#taxonomy';
import { run, sql, type Executor } from '#platform';
import type { StoredRecord } from '#targets';
import type { OpenedTarget } from '../delivery/driver-cabinet.ts';
import type { Generation } from '../delivery/generation.ts';
import { keyFor, keyOf } from '../delivery/record-key.ts';
import { saysWhatWasAcknowledged, type Unstored } from './compare-record.ts';

/** A record of the ledger. */
export interface Linked {
  readonly conceptId: ConceptId;
  readonly generation: number;
  readonly externalId: string;
  readonly state: Exclude<Generation['state'], 'deleted'>;
  readonly code: string;
  readonly parentId: ConceptId | null;
  readonly hash: Hash | null;
  /** That an earlier check saw, where it is still to be sent. */
  readonly foundCode: string | null;
  /** Its concept has another record in use. */
  readonly isOutdated: boolean;
}

export interface Altered {
  readonly link: Linked;
  /** That it has there. */
  readonly foundCode: string;
  /** Kept for the first ones only, for people. */
  readonly record: StoredRecord | null;
  readonly parent: ConceptId | null | undefined;
}

/** A record whose content is in doubt, and that has another code than the ledger knows. */
export interface Doubtful {
  readonly conceptId: ConceptId;
  readonly generation: number;
  readonly foundCode: string;
}

/** What a target holds, as the ledger knows it. Memory is bounded by the ids of its records, and the codes of those that have others. */
export interface ReadBack {
  records: number;
  /** External ids of our records that are there. */
  readonly seen: Set<string>;
  readonly altered: Altered[];
  /** They are to be sent again anyway. */
  readonly doubtful: Doubtful[];
  /** With a key of ours, and not in the ledger. */
  readonly unlinked: StoredRecord[];
  /** Nobody's of ours, and no person has said so yet. */
  foreign: number;
  readonly someForeign: StoredRecord[];
}

/** Findings that are kept for people, of each kind; all are counted. */
export const mostFindings = 1_000;
/** Of a target with more records than that beside the ledger, the rest is found by a later check. */
export const mostUnlinked = 1_000;

/**
 * Reads a target page by page and compares every record with what was acknowledged of it.
 * @param notOurs records that are not in the ledger and of which a person said that they are nobody's of ours, a key of ours or not
 * @param isMoved it stands at another place: whoever has an id of ours there without our key is somebody else
 * @param goOn asked after each page; false: stop
 * @returns null when it was stopped
 * @throws TargetError when the target cannot be read to its end
 */
export async function readBack(
  executor: Executor,
  targetId: string,
  { driver }: OpenedTarget,
  unstored: Unstored,
  notOurs: ReadonlySet<string>,
  isMoved: boolean,
  goOn: () => Promise<boolean>,
  signal: AbortSignal,
): Promise<ReadBack | null> {
  const found: ReadBack = {
    records: 0,
    seen: new Set(),
    altered: [],
    doubtful: [],
    unlinked: [],
    foreign: 0,
    someForeign: [],
  };
  for await (const page of driver.list(signal)) {
    const links = await readLinksOf(executor, targetId, page);
    for (const record of page) note(found, record, links, driver.capabilities, unstored, notOurs, isMoved);
    if (!(await goOn())) return null;
  }
  return found;
}

function note(
  found: ReadBack,
  record: StoredRecord,
  links: ReadonlyMap<string, Linked>,
  capabilities: OpenedTarget['driver']['capabilities'],
  unstored: Unstored,
  notOurs: ReadonlySet<string>,
  isMoved: boolean,
): void {
  found.records++;
  const link = links.get(record.externalId);
  if (!link || (isMoved && record.key !== keyFor(link))) {
    if (notOurs.has(record.externalId)) return;
    if (keyOf(record) === null) {
      found.foreign++;
      if (found.someForeign.length < mostFindings) found.someForeign.push(record);
    } else if (found.unlinked.length < mostUnlinked) found.unlinked.push(record);
    return;
  }
  found.seen.add(record.externalId);
  const foundCode = record.content.code;
  if (link.hash === null || link.state === 'pending') {
    const { conceptId, generation } = link;
    if (foundCode !== (link.foundCode ?? link.code))
      found.doubtful.push({ conceptId, generation, foundCode });
    return;
  }
  const parent = parentOf(record, links);
  if (
    record.key === keyFor(link) &&
    saysWhatWasAcknowledged(record, parent, link.hash, capabilities, unstored)
  )
    return;
  const isKept = found.altered.length < mostFindings;
  found.altered.push({ link, foundCode, record: isKept ? record : null, parent });
}

/** A record in use stands below a record in use, where its parent has one. */
function parentOf(
  { content: { parent, active } }: StoredRecord,
  links: ReadonlyMap<string, Linked>,
): ConceptId | null | undefined {
  if (parent === null) return null;
  const link = links.get(parent);
  return link && !(active && link.isOutdated) ? link.conceptId : undefined;
}

async function readLinksOf(
  executor: Executor,
  targetId: string,
  page: readonly StoredRecord[],
): Promise<Map<string, Linked>> {
  const ids = page.flatMap(({ externalId, content: { parent } }) =>
    parent === null ? [externalId] : [externalId, parent],
  );
  const links = await run<Linked>(
    executor,
    sql`select l.concept_id as "conceptId", l.generation, l.external_id as "externalId", l.state, l.code,
          l.parent_id as "parentId", l.hash, l.found_code as "foundCode",
          l.state <> 'current' and exists (
            select from link c where c.target_id = l.target_id and c.concept_id = l.concept_id and c.state = 'current') as "isOutdated"
        from link l where l.target_id = ${targetId} and l.external_id = any(${[...new Set(ids)]}::text[])
          and l.state <> 'deleted'`,
  );
  return new Map(links.map((link) => [link.externalId, link]));
}
