import type { Corrections, Edition } from '#contracts';
import { levelOf, type Finding } from '#taxonomy';
import { say, type Sentence } from '#words';
import type { CodedRow } from './coded-row.ts';

/** Rows with the reviewed corrections in place. A correction that does not apply is an error: it was written for another text. */
export function correct(
  edition: Edition,
  { read, add }: Corrections,
  rows: readonly CodedRow[],
): { rows: CodedRow[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const applied = new Set<unknown>();
  const mended = rows.map((row): CodedRow => {
    const correction = read.find(({ code, title }) => code === row.code && title === row.title);
    if (!correction) return row;
    applied.add(correction);
    const { as, evidence } = correction;
    findings.push({
      ...note('code-corrected', as, say`${row.code} is read as ${as} (${evidence}).`),
      ...at(row),
    });
    return { ...row, code: as, attributes: { ...row.attributes, ...corrected(edition, evidence) } };
  });
  for (const correction of read)
    if (!applied.has(correction))
      findings.push(notApplicable(correction.code, say`the document has no such cell`));
  for (const { code, as } of read)
    if (!levelOf(edition, as)) findings.push(notApplicable(code, say`"${as}" is not a code of this edition`));
  const present = new Set(mended.map(({ code }) => code));
  for (const { code, evidence } of add) {
    if (present.has(code)) findings.push(notApplicable(code, say`the document has this code`));
    else if (!levelOf(edition, code))
      findings.push(notApplicable(code, say`it is not a code of this edition`));
    else {
      const attributes = { ...untitled(edition), ...corrected(edition, evidence) };
      mended.push({ code, title: null, attributes });
      present.add(code);
      findings.push(
        note(
          'entry-added',
          code,
          say`${code} is lost in the source; it is added without a title (${evidence}).`,
        ),
      );
    }
  }
  return { rows: mended, findings };
}

function untitled({ missingTitle }: Edition): CodedRow['attributes'] {
  return missingTitle ? { [missingTitle.attribute]: missingTitle.value } : {};
}

function corrected({ evidenceAttribute }: Edition, evidence: string): CodedRow['attributes'] {
  return evidenceAttribute === undefined ? {} : { [evidenceAttribute]: evidence };
}

function at({ line }: CodedRow): { line?: number } {
  return line === undefined ? {} : { line };
}

function note(rule: string, code: string, message: Sentence): Finding {
  return { rule, severity: 'note', code, message };
}

function notApplicable(code: string, why: Sentence): Finding {
  return {
    rule: 'correction-does-not-apply',
    severity: 'error',
    code,
    message: say`The correction of ${code} does not apply: ${why}.`,
  };
}
