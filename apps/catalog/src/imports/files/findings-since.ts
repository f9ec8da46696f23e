import type { Edition } from '#contracts';
import {
  conceptIdFrom,
  conceptIdOf,
  usualTitleLengths,
  validateInSteps,
  type ConceptId,
  type Entry,
  type Finding,
  type Steps,
} from '#taxonomy';
import { inWords, say } from '#words';
import { mentionedIn } from '../../matching/keep-unmentioned.ts';
import type { ImportedRow } from '../imported-row.ts';

/** A file for a map that is in force: its rows, and the revision that they are compared with. */
export interface Compared {
  readonly schemeId: string;
  readonly edition: Edition;
  readonly rows: readonly ImportedRow[];
  readonly base: ReadonlyMap<ConceptId, Entry>;
}

/**
 * What the rules find in a file beyond what its base has already: what holds of the base is counted, not told
 * again, but for errors, and a title is not missed where the base keeps it, or says itself that the source has none.
 */
export function* findingsSince(findings: readonly Finding[], compared: Compared): Steps<Finding[]> {
  const told = withoutKeptTitles(findings, compared);
  if (told.every(({ severity }) => severity === 'error')) return told;
  const { edition, base } = compared;
  const before = yield* validateInSteps(edition, base, {
    attributes: edition.attributes,
    marks: edition,
    titleLengths: usualTitleLengths,
  });
  const known = new Set(before.flatMap((finding) => [sayingOf(finding), sayingOfText(finding)]));
  const isKnown = (finding: Finding) => known.has(sayingOf(finding)) || known.has(sayingOfText(finding));
  const fresh = told.filter((finding) => finding.severity === 'error' || !isKnown(finding));
  const left = told.length - fresh.length;
  return left === 0 ? fresh : [...fresh, leftOut(left)];
}

/** A new row has another identity than the entry that it may be, so what is said tells whether it is the same. */
const sayingOf = ({ rule, message }: Finding): string => `${rule} ${inWords(message, 'en')}`;

/** Of a text, whatever code its entry has: it may have been renumbered. What is said of codes is said anew. */
function sayingOfText(finding: Finding): string {
  const { key, code, field, message } = finding;
  if (key === undefined || field === undefined || field === 'code' || field === 'parent')
    return sayingOf(finding);
  return JSON.stringify([key, message.english, message.values.filter((value) => value !== code)]);
}

const leftOut = (times: number): Finding => ({
  rule: 'warnings-known',
  severity: 'note',
  message: say`${times} warnings and notes that the map has already are left out.`,
});

function withoutKeptTitles(
  findings: readonly Finding[],
  { schemeId, edition, rows, base }: Compared,
): Finding[] {
  if (!findings.some(({ rule }) => rule === 'title-missing')) return [...findings];
  const { missingTitle, source } = edition;
  const isStated = mentionedIn(rows).titles.has(`${source.language} official`);
  const byCode = new Map([...base.values()].map((entry) => [entry.code, entry]));
  const isUntitled = ({ attributes }: Entry) =>
    missingTitle !== undefined && attributes[missingTitle.attribute] === missingTitle.value;
  const untitled = [...base.values()].some(isUntitled);
  const excused = new Set<ConceptId>();
  for (const { conceptId, code, key, titles } of rows) {
    const entry = conceptId ? base.get(conceptId) : code === null ? undefined : byCode.get(code);
    if (titles[source.language]) continue;
    // A row without an id whose code is new may be an entry without a title that is renumbered: its draft will tell.
    const isMarked = entry ? isUntitled(entry) : conceptId === null && untitled;
    const isKept = !isStated && entry?.titles[source.language] !== undefined;
    if (isMarked || isKept) excused.add(conceptId ?? conceptIdOf(schemeId, edition.label, key));
  }
  return findings.filter(
    ({ rule, key = '' }) => rule !== 'title-missing' || !excused.has(conceptIdFrom(key.split(':')[1] ?? '')),
  );
}
