import { type ProblemDetail } from '#platform';
import type { HistoryLink } from '#contracts';
import {
  conceptIdFrom,
  successionOf,
  type ConceptId,
  type Entries,
  type Entry,
  type RecordedSuccession,
} from '#taxonomy';
import { say, type Sentence } from '#words';

type Named = Pick<Entry, 'conceptId' | 'code'>;

/**
 * Successions from a historical map into the lowest revision, from links that name both sides by code or concept id.
 * What is the same concept in both needs no link.
 */
export function linkToLowest(
  links: readonly HistoryLink[],
  older: Entries,
  lowest: ReadonlyMap<ConceptId, Named>,
  revision: number,
): { successions: RecordedSuccession[]; problems: ProblemDetail[] } {
  const problems: ProblemDetail[] = [];
  const [inOlder, inLowest] = [finderIn(older), finderIn(lowest)];
  const found = links.flatMap((link, i) => {
    const [predecessor, successor] = [inOlder(link.predecessor), inLowest(link.successor)];
    if (!predecessor)
      problems.push(unknown(`links[${i}].predecessor`, link.predecessor, say`the historical edition`));
    if (!successor)
      problems.push(unknown(`links[${i}].successor`, link.successor, say`revision ${revision}`));
    return predecessor && successor && predecessor !== successor ? [{ predecessor, successor }] : [];
  });
  const groups = successionOf(found, older, lowest);
  const successions = found.flatMap((link) => {
    const kind = groups.get(link.predecessor)?.kind;
    return kind ? [{ revision, ...link, kind, continues: lowest.has(link.predecessor) }] : [];
  });
  return { successions, problems };
}

function finderIn(entries: ReadonlyMap<ConceptId, Named>): (name: string) => ConceptId | undefined {
  const byCode = new Map(
    [...entries.values()].flatMap(({ code, conceptId }) => (code ? [[String(code), conceptId]] : [])),
  );
  return (name) => byCode.get(name) ?? entries.get(conceptIdFrom(name))?.conceptId;
}

function unknown(path: string, name: string, where: Sentence): ProblemDetail {
  return { path, rule: 'link-unknown', message: say`There is no ${name} in ${where}.` };
}
