import type { Finding, RuleId } from '#taxonomy';
import type { Sentence } from '#words';
import type { FileRule } from '../file-rules.ts';

/** Where something stands in a table; `index` of its cell, from 0. */
export interface Place {
  readonly line: number;
  readonly index?: number | undefined;
}

export function problem(
  rule: FileRule | RuleId,
  { line, index }: Place,
  message: Sentence,
  severity: Finding['severity'] = 'error',
): Finding {
  return { rule, severity, message, line, ...(index === undefined ? {} : { column: index + 1 }) };
}

/** The beginning of a text that may be endless. */
export function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
