import { oneLineBreak } from '#contracts';
import type { Finding, Note } from '#taxonomy';
import { say } from '#words';
import { mostFindings, type FileReader, type ImportedRow } from '../imported-row.ts';

/**
 * The same reader, with an end and with our line breaks in notes: it stops after `mostFindings` errors, leaves out notes beyond as many, and says both.
 * A file without a row is an error of its own.
 */
export function bounded(read: FileReader): FileReader {
  return async function* (bytes) {
    const count = { rows: 0, errors: 0, others: 0 };
    for await (const item of read(bytes)) {
      if ('row' in item) count.rows++;
      else if ('finding' in item) {
        if (item.finding.severity === 'error') count.errors++;
        else if (++count.others > mostFindings) continue;
      }
      yield 'row' in item ? { row: inOurLines(item.row) } : item;
      if (count.errors < mostFindings) continue;
      yield { finding: stopped };
      return;
    }
    if (count.others > mostFindings) yield { finding: leftOut(count.others - mostFindings) };
    if (count.rows === 0 && count.errors === 0) yield { finding: empty };
  };
}

function inOurLines(row: ImportedRow): ImportedRow {
  const texts = Object.values(row.notes).flatMap((note) => Object.values(note));
  if (!texts.some((text) => text.includes('\r'))) return row;
  const notes = Object.entries(row.notes).map(([language, note]) => [language, inLines(note)]);
  return { ...row, notes: Object.fromEntries(notes) };
}

function inLines(note: Note): Note {
  return Object.fromEntries(Object.entries(note).map(([kind, text]) => [kind, oneLineBreak(text)]));
}

const stopped: Finding = {
  rule: 'too-many-findings',
  severity: 'error',
  message: say`Reading stopped after ${mostFindings} errors; mend these first.`,
};

const empty: Finding = { rule: 'file-empty', severity: 'error', message: say`The file holds no entry.` };

function leftOut(times: number): Finding {
  return {
    rule: 'too-many-findings',
    severity: 'note',
    message: say`Further notes and warnings that are left out: ${times}.`,
  };
}
