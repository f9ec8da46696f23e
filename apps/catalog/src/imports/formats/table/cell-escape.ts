/** What a spreadsheet takes for a formula (OWASP, CSV injection), quotes that hide it, and quotes or nothing alone. */
const formula = /^'*(?:[=+\-@\t\r]|$)/;

/**
 * A text as a cell that no spreadsheet runs: one quote more in front of what may be a formula. Undone by
 * `unescapeCell`; because quotes alone get one more too, an empty text (`'`) differs from none.
 */
export function escapeCell(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

/** The text of a cell that `escapeCell` wrote. */
export function unescapeCell(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}
