import type { Finding } from '#taxonomy';

/**
 * Ends the reading of a container at a place that nothing can follow. It stays inside: `readArchive` answers with the
 * finding.
 */
export class UnreadableFile extends Error {
  readonly finding: Finding;

  constructor(rule: string, message: string, line?: number) {
    super(message);
    this.finding = { rule, severity: 'error', message, ...(line === undefined ? {} : { line }) };
  }
}
