/** One line of an import's report: `line 283: E1.3.0 is read as E1.3.0.1 (miscoded). [code-corrected]` */
export function describeFinding({
  line,
  message,
  rule,
}: {
  line?: number;
  message: string;
  rule?: string;
}): string {
  return `${line === undefined ? 'no line' : `line ${line}`}: ${message}${rule ? ` [${rule}]` : ''}`;
}
