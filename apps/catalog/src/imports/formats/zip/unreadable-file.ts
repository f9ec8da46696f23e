import type { Finding, RuleId } from '#taxonomy';
import type { Sentence } from '#words';
import type { FileRule } from '../file-rules.ts';

/**
 * Ends the reading of a container at a place that nothing can follow. It stays inside: `readArchive` answers with the
 * finding.
 */
export class UnreadableFile extends Error {
  readonly finding: Finding;

  constructor(rule: FileRule | RuleId, message: Sentence, line?: number) {
    super(message.english);
    this.finding = { rule, severity: 'error', message, ...(line === undefined ? {} : { line }) };
  }
}
