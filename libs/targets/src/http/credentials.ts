const mostKept = 64;

/** What proved who we are in the latest requests, to be hidden where a target quotes it. */
export class Credentials {
  private header = '';
  private readonly sent = new Set<string>();

  /** @param header `Bearer TOKEN`; as a rule the same as before, which is all that is looked at */
  note(header = ''): void {
    if (header === this.header) return;
    this.header = header;
    const credentials = credentialsOf(header);
    this.sent.delete(credentials);
    this.sent.add(credentials);
    const [oldest] = this.sent;
    if (this.sent.size > mostKept && oldest !== undefined) this.sent.delete(oldest);
  }

  get all(): readonly string[] {
    return [...this.sent];
  }
}

/** What proves who we are, of a header such as `Bearer TOKEN`. */
export const credentialsOf = (header = ''): string => header.split(' ')[1] ?? '';
