import type { ProblemDetail } from '#platform';
import type { HistoryPlacement } from '#contracts';
import { conceptIdFrom, type ConceptId, type Entry, type Successions } from '#taxonomy';
import { say, type Sentence } from '#words';

type Named = Pick<Entry, 'conceptId' | 'code'>;
type NamedEntries = ReadonlyMap<ConceptId, Named>;

/**
 * What became of the entries of a historical map in the lowest revision, from links that name both sides by code or
 * concept id. What is the same concept in both needs no link.
 */
export function nameLinks(
  { links, nobody }: Pick<HistoryPlacement, 'links' | 'nobody'>,
  older: NamedEntries,
  lowest: NamedEntries,
  revision: number,
): { readonly successions: Successions; readonly problems: readonly ProblemDetail[] } {
  const problems: ProblemDetail[] = [];
  const [inOlder, inLowest] = [finderIn(older), finderIn(lowest)];
  const unknown = (path: string, message: Sentence) => problems.push({ path, rule: 'link-unknown', message });
  const found = links.flatMap((link, i) => {
    const [predecessor, successor] = [inOlder(link.predecessor), inLowest(link.successor)];
    if (!predecessor) unknown(`links[${i}].predecessor`, notHistorical(link.predecessor));
    if (!successor) unknown(`links[${i}].successor`, say`Revision ${revision} has no ${link.successor}.`);
    return predecessor && successor && predecessor !== successor ? [{ predecessor, successor }] : [];
  });
  const succeeded = new Set(found.map(({ predecessor }) => predecessor));
  const decidedNone = nobody.flatMap((name, i) => {
    const path = `nobody[${i}]`;
    const ended = inOlder(name);
    if (!ended) unknown(path, notHistorical(name));
    else if (succeeded.has(ended))
      problems.push({
        path,
        rule: 'link-contradicted',
        message: say`A link says who takes the place of ${name}.`,
      });
    return ended ?? [];
  });
  return { successions: { links: found, decidedNone: new Set(decidedNone) }, problems };
}

const notHistorical = (name: string): Sentence => say`The historical edition has no ${name}.`;

function finderIn(entries: NamedEntries): (name: string) => ConceptId | undefined {
  const byCode = new Map(
    [...entries.values()].flatMap(({ code, conceptId }) => (code ? [[String(code), conceptId]] : [])),
  );
  return (name) => byCode.get(name) ?? entries.get(conceptIdFrom(name))?.conceptId;
}
