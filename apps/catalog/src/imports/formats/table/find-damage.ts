import type { Finding } from '#taxonomy';
import { say } from '#words';
import { problem } from './problem.ts';
import { longestText, type TableRow } from './table.ts';

/** Cells that no database takes, or that nobody can have meant. */
export function findDamage({ line, cells }: TableRow): Finding[] {
  const findings: Finding[] = [];
  for (let index = 0; index < cells.length; index++) {
    const cell = cells[index] ?? '';
    if (cell.includes('\0') || cell.includes('\uFFFD') || !cell.isWellFormed())
      findings.push(problem('text-damaged', { line, index }, damaged));
    else if (cell.length > longestText)
      findings.push(
        problem('text-too-long', { line, index }, say`The cell is longer than ${longestText} characters.`),
      );
  }
  return findings;
}

const damaged = say`The cell has characters that cannot be read or stored; is the encoding of the file another one?`;
