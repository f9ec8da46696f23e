import { inWords, type Sentence } from '#words';

/** One line of an import's report: `line 283: E1.3.0 is read as E1.3.0.1 (miscoded). [code-corrected]` */
export function describeFinding({
  line,
  message,
  rule,
}: {
  line?: number;
  message: Sentence;
  rule?: string;
}): string {
  const place = line === undefined ? 'no line' : `line ${line}`;
  return `${place}: ${inWords(message, 'en')}${rule ? ` [${rule}]` : ''}`;
}
