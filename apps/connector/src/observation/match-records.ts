import type { StoredRecord } from '#targets';
import type { ConceptId } from '#taxonomy';
import { keyOf } from '../delivery/record-key.ts';
import { isTitleOf, plain, type PastEntry } from './best-fit.ts';

/** A record that was there before, and the concept that it is taken for. */
export interface Adopted {
  readonly record: StoredRecord;
  readonly conceptId: ConceptId;
  readonly by: 'key' | 'code-and-title' | 'decision';
}

/** A record that may be one of several concepts, or none; a person decides. */
export interface Asked {
  readonly record: StoredRecord;
  readonly candidates: readonly PastEntry[];
}

export interface Matched {
  readonly adopted: readonly Adopted[];
  readonly asked: readonly Asked[];
  /** Never touched. */
  readonly foreign: readonly StoredRecord[];
}

const mostCandidates = 10;

/**
 * What the records of a target are, by the edition that fits them: by our own key; else by code and title, where both
 * agree, the record is in use and no other says the same. Where only one of the two agrees, a person is asked.
 * @param entries of that edition
 * @param concepts of all editions: a key is for life
 */
export function matchRecords(
  records: readonly StoredRecord[],
  entries: readonly PastEntry[],
  concepts: ReadonlySet<ConceptId>,
  language: string,
): Matched {
  const byKey = adoptByKey(records, concepts);
  const taken = new Set(byKey.map(({ conceptId }) => conceptId));
  const free = entries.filter(({ conceptId }) => !taken.has(conceptId));
  const byCode = Map.groupBy(free, ({ code }) => code.toString());
  const byTitle = Map.groupBy(
    free.flatMap((entry) => titlesOf(entry, language).map((title) => ({ title, entry }))),
    ({ title }) => title,
  );
  const others = records.filter((record) => keyOf(record) === null);
  const said = Map.groupBy(others, (record) => saying(record));
  const adopted: Adopted[] = [...byKey];
  const asked: Asked[] = [];
  const known = new Set(byKey.map(({ record }) => record));
  const foreign = records.filter((record) => keyOf(record) !== null && !known.has(record));
  for (const record of others) {
    const { code, title, active } = record.content;
    const sameCode = byCode.get(code) ?? [];
    const [sure] = sameCode.filter(({ titles }) => isTitleOf(title, titles, language));
    if (sure && active && said.get(saying(record))?.length === 1) {
      adopted.push({ record, conceptId: sure.conceptId, by: 'code-and-title' });
      continue;
    }
    const sameTitle = (byTitle.get(plain(title)) ?? []).map(({ entry }) => entry);
    const candidates = [...new Set([...sameCode, ...sameTitle])].slice(0, mostCandidates);
    if (candidates.length > 0) asked.push({ record, candidates });
    else foreign.push(record);
  }
  const sure = new Set(adopted.map(({ conceptId }) => conceptId));
  return { adopted, ...dropTaken(asked, foreign, sure) };
}

/** What is adopted beyond doubt is no candidate for another record. */
function dropTaken(
  asked: readonly Asked[],
  foreign: readonly StoredRecord[],
  sure: ReadonlySet<ConceptId>,
): Pick<Matched, 'asked' | 'foreign'> {
  const left = asked.map(({ record, candidates }) => ({
    record,
    candidates: candidates.filter(({ conceptId }) => !sure.has(conceptId)),
  }));
  return {
    asked: left.filter(({ candidates }) => candidates.length > 0),
    foreign: [
      ...foreign,
      ...left.flatMap(({ record, candidates }) => (candidates.length > 0 ? [] : [record])),
    ],
  };
}

/** Of several records of one concept the one in use, else the one of the highest generation; the others are left alone. */
function adoptByKey(records: readonly StoredRecord[], concepts: ReadonlySet<ConceptId>): Adopted[] {
  const keyed = records.flatMap((record) => {
    const key = keyOf(record);
    return key && concepts.has(key.conceptId) ? [{ record, ...key }] : [];
  });
  const byPrecedence = keyed.toSorted(
    (a, b) =>
      Number(a.record.content.active) - Number(b.record.content.active) || a.generation - b.generation,
  );
  const foremost = new Map(byPrecedence.map(({ conceptId, record }) => [conceptId, record]));
  return [...foremost].map(([conceptId, record]) => ({ record, conceptId, by: 'key' }));
}

/**
 * Records of earlier generations beside those that are adopted by key, that have ended: each remains what it is.
 * @param meant external ids of the records of which it is known what they meant
 */
export function endedBeside(
  records: readonly StoredRecord[],
  adopted: readonly Adopted[],
  meant: ReadonlyMap<string, unknown>,
): Adopted[] {
  const taken = new Set(adopted.map(({ record }) => record.key));
  return records.flatMap((record) => {
    const key = keyOf(record);
    if (!key || !meant.has(record.externalId) || taken.has(record.key)) return [];
    taken.add(record.key);
    return [{ record, conceptId: key.conceptId, by: 'key' as const }];
  });
}

const saying = ({ content: { code, title } }: StoredRecord): string => JSON.stringify([code, plain(title)]);

function titlesOf({ titles }: PastEntry, language: string): string[] {
  const title = titles[language];
  const known = [title?.official, title?.short].flatMap((text) => (text === undefined ? [] : [plain(text)]));
  return [...new Set(known)];
}
