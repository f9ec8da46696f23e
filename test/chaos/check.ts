/** One record of a target, as its server tells it. */
export interface HeldRecord {
  readonly id: string;
  readonly key: string | null;
  readonly code: string | null;
  readonly title: string | null;
  readonly parentId: string | null;
  readonly active: boolean | null;
}

export interface MapEntry {
  readonly conceptId: string;
  readonly code: string | null;
  readonly parentCode: string | null;
  readonly title: string | null;
}

/** What the targets show for an entry whose title the source lost. */
const missingTitle = '[titolo mancante nel documento]';

/**
 * Compares what a target holds with the map, and knows nothing of how it came there: each coded entry is in use once, with
 * its code, its title and its parent; nothing else of ours is in use; no key is there twice.
 * @param root id of the record below which entries without a parent stand; null where there is none
 * @returns violations in words, each with `missing`, `twice` or `wrong`
 */
export function violationsOf(
  map: readonly MapEntry[],
  records: readonly HeldRecord[],
  root: string | null,
): string[] {
  const coded = map.filter(({ code }) => code !== null);
  const inUse = Map.groupBy(
    records.filter(({ active, key }) => active && key !== null),
    ({ key }) => conceptOf(key),
  );
  const byId = new Map(records.map((record) => [record.id, record]));
  const conceptByCode = new Map(coded.map(({ code, conceptId }) => [code, conceptId]));
  const wrong = coded.flatMap((entry): string[] => {
    const [record, ...twins] = inUse.get(entry.conceptId) ?? [];
    if (!record) return [`missing: ${entry.code} is not in use`];
    if (twins.length > 0) return [`twice: ${entry.code} is in use ${twins.length + 1} times`];
    const { code, title, parentId } = record;
    const parent = byId.get(parentId ?? '');
    const above = entry.parentCode === null ? null : conceptByCode.get(entry.parentCode);
    const isPlaced = above ? parent?.active && conceptOf(parent.key) === above : parentId === root;
    return [
      ...(code === entry.code ? [] : [`wrong: ${entry.code} carries the code ${code}`]),
      ...(title === (entry.title ?? missingTitle) ? [] : [`wrong: ${entry.code} is called "${title}"`]),
      ...(isPlaced
        ? []
        : [`wrong: ${entry.code} stands below ${parent?.code ?? parentId}, not ${entry.parentCode}`]),
    ];
  });
  const concepts = new Set(coded.map(({ conceptId }) => conceptId));
  const left = [...inUse].flatMap(([concept, [record]]) =>
    concepts.has(concept) ? [] : [`wrong: ${record?.code} is in use, and is not in the map`],
  );
  const twins = [...Map.groupBy(records, ({ key }) => key)].flatMap(([key, same]) =>
    key !== null && same.length > 1 ? [`twice: ${key} is there ${same.length} times`] : [],
  );
  return [...wrong, ...left, ...twins];
}

/** A key without its generation. */
const conceptOf = (key: string | null): string => key?.split(':')[0] ?? '';

export interface JournalLine {
  readonly at: number;
  /** Id of the record there. */
  readonly record: string;
  readonly key: string | null;
  readonly what: string;
}

/** What was written to some records; several targets may share a server, and so one journal. */
export function writtenTo(
  records: readonly Pick<HeldRecord, 'id'>[],
  journal: readonly JournalLine[],
): JournalLine[] {
  const ids = new Set(records.map(({ id }) => id));
  return journal.filter(({ record }) => ids.has(record));
}

/** From when to when something was wrong between the connector and `server`, in milliseconds since 1970. */
export interface Disturbance {
  readonly from: number;
  readonly to: number;
  /** Null: it reached all servers. */
  readonly server: string | null;
}

/**
 * A repeat is harmless only where an answer may have been lost: between a disturbance and the write that it may have hidden
 * there is at most one turn.
 * @param turnMs how long a turn may last
 * @returns writes that were repeated for no reason, and keys that were created more than once
 */
export function needlessRepeats(
  journal: readonly JournalLine[],
  disturbances: readonly Disturbance[],
  turnMs: number,
): string[] {
  const last = new Map<string, number>();
  return journal.flatMap(({ at, key, what }) => {
    const before = key === null ? undefined : last.get(key);
    if (key !== null) last.set(key, at);
    if (what !== 'repeated' || before === undefined) return [];
    const isExcused = disturbances.some(
      ({ from, to }) => from <= at && to >= before - turnMs && from <= before + turnMs,
    );
    return isExcused
      ? []
      : [`repeated: ${key} was written again after ${at - before} ms, and nothing had happened`];
  });
}
