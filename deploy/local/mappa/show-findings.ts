import { rules, type Finding } from '#taxonomy';
import { fileRules } from '../../../apps/catalog/src/imports/formats/file-rules.ts';
import type { Checked } from './check-file.ts';
import type { Language } from './command.ts';

const severities = {
  it: { error: 'errore', warning: 'avviso', note: 'nota' },
  en: { error: 'error', warning: 'warning', note: 'note' },
} as const;

const italian = new Map(Object.entries({ ...fileRules, ...rules }).map(([rule, { it }]) => [rule, it]));

/** A line a finding, as compilers write it (`FILE:LINE:COLUMN: severity: message [rule]`), and a line that sums them up. */
export function showFindings(
  file: string,
  { findings, entries, edition }: Checked,
  language: Language,
): string[] {
  const lines = findings.map((finding) => {
    const place = [file, finding.line, finding.column].filter((part) => part !== undefined).join(':');
    return `${place}: ${severities[language][finding.severity]}: ${messageOf(finding, language)} [${finding.rule}]`;
  });
  const count = (severity: Finding['severity']) =>
    findings.filter((finding) => finding.severity === severity).length;
  const [errors, warnings, notes] = [count('error'), count('warning'), count('note')];
  const sum = {
    it: `${entries} voci lette secondo "${edition}": ${errors} errori, ${warnings} avvisi, ${notes} note.`,
    en: `${entries} entries read by "${edition}": ${errors} errors, ${warnings} warnings, ${notes} notes.`,
  };
  return [...lines, sum[language]];
}

function messageOf({ rule, code, message }: Finding, language: Language): string {
  const text = language === 'it' ? italian.get(rule) : undefined;
  if (text === undefined) return message;
  return code === undefined ? text : `${code}: ${text}`;
}
