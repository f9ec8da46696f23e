/** Thrown where JSON is no JSON-LD that can be read; the reader makes a finding of it. */
export class JsonLdRefused extends Error {
  readonly rule: 'json-ld-form' | 'context-remote';

  /** @param message what is wrong, or for `context-remote` the address */
  constructor(message: string, rule: JsonLdRefused['rule'] = 'json-ld-form') {
    super(message);
    this.rule = rule;
  }
}
