import type { Corrections, Edition } from '#contracts';
import type { ConceptId, Entry, Finding } from '#taxonomy';
import { say } from '#words';
import { buildEntries } from './build-entries.ts';
import { checkExpectations } from './check-expectations.ts';
import { correct } from './correct.ts';
import { decode } from './decode.ts';
import { readCells } from './read-cells.ts';
import { underHeadings } from './under-headings.ts';

/** What an import brings. With an error among the findings the entries are not to be used. */
export interface Imported {
  readonly entries: Map<ConceptId, Entry>;
  /** In order of line; those without a line last. */
  readonly findings: Finding[];
}

/**
 * Reads the text of the official document, as it was transcribed, with its reviewed corrections:
 * bytes -> cells -> rows below headings -> corrected rows -> entries. Every irregularity is a finding with its line;
 * the level comes from the code, never from the column, and no title is made up (DESIGN.md section 10).
 */
export function importOfficialText(
  scheme: string,
  edition: Edition,
  corrections: Corrections,
  document: Uint8Array,
): Imported {
  const { text, findings: damage } = decode(document);
  const cells = readCells(edition, text);
  const placed = underHeadings(edition, cells.rows);
  const corrected = correct(edition, corrections, placed.rows);
  const built = buildEntries(scheme, edition, placed.headings, corrected.rows);
  const expected = checkExpectations(edition, corrections, corrected.rows);
  const findings = [
    ...expected,
    ...damage,
    ...cells.findings,
    ...placed.findings,
    ...corrected.findings,
    ...built.findings,
  ];
  if (placed.rows.length === 0)
    findings.push({
      rule: 'document-empty',
      severity: 'error',
      message: say`The document has no code of this edition.`,
    });
  return {
    entries: built.entries,
    findings: findings.sort((a, b) => (a.line ?? Infinity) - (b.line ?? Infinity) || 0),
  };
}
