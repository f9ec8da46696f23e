import type { Finding, RuleId } from '#taxonomy';
import type { Sentence } from '#words';
import type { FileRule } from '../file-rules.ts';

/** Where in a file somebody is told to look, from 1. */
export type Whereabouts = Pick<Finding, 'line' | 'column'>;

/**
 * Ends the reading of a container at a place that nothing can follow. It stays inside: `readArchive` answers with the
 * finding.
 */
export class UnreadableFile extends Error {
  readonly finding: Finding;

  constructor(rule: FileRule | RuleId, message: Sentence, at: Whereabouts = {}) {
    super(message.english);
    this.finding = { rule, severity: 'error', message, ...at };
  }
}
