import type { Finding } from '#taxonomy';
import { inWords, type Language } from '#words';
import type { Checked } from './check-file.ts';

const severities = {
  it: { error: 'errore', warning: 'avviso', note: 'nota' },
  en: { error: 'error', warning: 'warning', note: 'note' },
} as const;

/** A line a finding, as compilers write it (`FILE:LINE:COLUMN: severity: message [rule]`), and a line that sums them up. */
export function showFindings(
  file: string,
  { findings, entries, edition }: Checked,
  language: Language,
): string[] {
  const lines = findings.map(({ severity, message, rule, line, column }) => {
    const place = [file, line, column].filter((part) => part !== undefined).join(':');
    return `${place}: ${severities[language][severity]}: ${inWords(message, language)} [${rule}]`;
  });
  const count = (severity: Finding['severity']) =>
    findings.filter((finding) => finding.severity === severity).length;
  const [errors, warnings, notes] = [count('error'), count('warning'), count('note')];
  const sum = {
    it: [
      counted(entries, 'voce letta', 'voci lette'),
      `secondo "${edition}":`,
      `${counted(errors, 'errore', 'errori')}, ${counted(warnings, 'avviso', 'avvisi')}, ${counted(notes, 'nota', 'note')}.`,
    ],
    en: [
      counted(entries, 'entry read', 'entries read'),
      `by "${edition}":`,
      `${counted(errors, 'error', 'errors')}, ${counted(warnings, 'warning', 'warnings')}, ${counted(notes, 'note', 'notes')}.`,
    ],
  };
  return [...lines, sum[language].join(' ')];
}

const counted = (number: number, one: string, many: string): string =>
  `${number} ${number === 1 ? one : many}`;
