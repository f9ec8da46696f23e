import type { Sentence } from '#words';
export type Severity = 'error' | 'warning' | 'note';

/** One thing that a check found. `rule` is a stable id; `line` counts from 1 in the source, where there is one. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: Sentence;
  /** By which a person acknowledges a warning: the same finding on the same concept has the same key for ever. */
  readonly key?: string;
  readonly line?: number;
  readonly column?: number;
  /** Of the entry concerned, where it has one. */
  readonly code?: string;
  /** Which part of the entry, by the name of its column in an export: `code`, `parent`, `title:it`, `attribute:hours`. */
  readonly field?: string;
}

export function hasError(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}
