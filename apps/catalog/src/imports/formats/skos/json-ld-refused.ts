import type { Sentence } from '#words';

/** Thrown where JSON is no JSON-LD that can be read; the reader makes a finding of it. */
export class JsonLdRefused extends Error {
  readonly reason: Sentence;
  readonly rule: 'json-ld-form' | 'context-remote';

  /** @param reason what is wrong, or for `context-remote` the address */
  constructor(reason: Sentence, rule: JsonLdRefused['rule'] = 'json-ld-form') {
    super(reason.english);
    this.reason = reason;
    this.rule = rule;
  }
}
