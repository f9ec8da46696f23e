import type { Edition } from '#contracts';
import {
  conceptIdOf,
  parentCodeOf,
  rankByCode,
  validate,
  type ConceptId,
  type Entry,
  type Finding,
} from '#taxonomy';
import { say } from '#words';
import type { CodedRow } from './coded-row.ts';

/** Entries of a first import, with identities that follow from scheme, edition and code, and what a check finds on them. */
export function buildEntries(
  scheme: string,
  edition: Edition,
  headings: readonly string[],
  rows: readonly CodedRow[],
): { entries: Map<ConceptId, Entry>; findings: Finding[] } {
  const { unique, findings } = withoutRepetitions(rows);
  const language = edition.source.language;
  const idOf = (codeOrHeading: string) => conceptIdOf(scheme, edition.label, codeOrHeading);
  const titled = (title: string | null) => (title ? { [language]: { official: title } } : {});
  const entries = new Map<ConceptId, Entry>();
  headings.forEach((heading, i) => {
    const conceptId = idOf(heading);
    entries.set(conceptId, {
      conceptId,
      code: null,
      parentId: null,
      rank: i + 1,
      titles: titled(heading),
      notes: {},
      attributes: {},
    });
  });
  for (const { code, title, heading, attributes, line } of unique.values()) {
    const conceptId = idOf(code);
    const parentCode = parentCodeOf(edition, code);
    if (parentCode && !unique.has(parentCode))
      findings.push({
        rule: 'parent-missing',
        severity: 'error',
        code,
        ...(line === undefined ? {} : { line }),
        message: say`${code} has no parent: ${parentCode} is not in the document.`,
      });
    const parentId = parentCode ? idOf(parentCode) : heading === undefined ? null : idOf(heading);
    entries.set(conceptId, {
      conceptId,
      code,
      parentId,
      rank: 0,
      titles: titled(title),
      notes: {},
      attributes,
    });
  }
  for (const entry of rankByCode(edition, entries.values())) entries.set(entry.conceptId, entry);
  const checked = validate(edition, entries, {
    marks: edition,
    officialLanguage: edition.source.language,
  }).filter(({ rule }) => rule !== 'parent-missing' && rule !== 'code-parent');
  return { entries, findings: [...findings, ...checked.map((finding) => withLine(finding, unique))] };
}

/** The first row of each code. The same code with the same title again is noted, with another title it is an error. */
function withoutRepetitions(rows: readonly CodedRow[]): {
  unique: Map<string, CodedRow>;
  findings: Finding[];
} {
  const unique = new Map<string, CodedRow>();
  const findings: Finding[] = [];
  for (const row of rows) {
    const first = unique.get(row.code);
    const { code, line } = row;
    if (!first) unique.set(code, row);
    else {
      const same = first.title === row.title;
      findings.push({
        rule: same ? 'code-repeated' : 'code-duplicate',
        severity: same ? 'note' : 'error',
        code,
        ...(line === undefined ? {} : { line }),
        message: same
          ? say`${code} stands already on line ${first.line ?? '?'}, with the same title.`
          : say`${code} stands already on line ${first.line ?? '?'}, with another title.`,
      });
    }
  }
  return { unique, findings };
}

function withLine(finding: Finding, rows: ReadonlyMap<string, CodedRow>): Finding {
  const line = finding.code === undefined ? undefined : rows.get(finding.code)?.line;
  return line === undefined ? finding : { line, ...finding };
}
