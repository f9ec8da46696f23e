/** Longer lines are not kept: a stream is answered in bounded memory. */
export const longestRecord = 1_048_576;

/** A line of a stream; null when it was too long to keep. */
export type Line = string | null;

/**
 * Cuts a text that comes in pieces into lines, each without its line feed. In CSV a line feed in a quoted field belongs to
 * the record; only a quotation mark at the start of a field opens one (RFC 4180), any other is a sign of the text. Where one
 * is never closed, each line behind it is a record of its own: none is lost for it.
 */
export class RecordSplitter {
  private rest = '';
  private isInsideQuotes = false;
  /** How much of `rest` has been looked at. */
  private seen = 0;
  private isSkipping = false;
  /** Where in `rest` the last quoted field ended: another mark right behind it is one of its signs. */
  private closedAt = -2;

  /** @param delimiter of CSV; none where quotation marks mean nothing */
  constructor(private readonly delimiter?: string) {}

  push(piece: string): Line[] {
    const text = this.rest + piece;
    const lines: Line[] = [];
    let start = 0;
    let from = this.seen;
    for (let end = text.indexOf('\n', from); end >= 0; end = text.indexOf('\n', from)) {
      this.lookAt(text, start, from, end);
      from = end + 1;
      if (this.isInsideQuotes && !this.isSkipping) continue;
      lines.push(this.isSkipping ? null : text.slice(start, end));
      this.isSkipping = this.isInsideQuotes = false;
      start = from;
    }
    this.lookAt(text, start, from, text.length);
    this.rest = text.slice(start);
    this.closedAt -= start;
    if (this.rest.length > longestRecord && this.isInsideQuotes) lines.push(...this.tear());
    if (this.rest.length > longestRecord) {
      this.isSkipping = true;
      this.rest = '';
    }
    this.seen = this.rest.length;
    return lines;
  }

  /** What comes after the last line feed, when there is something. */
  end(): Line[] {
    if (this.isSkipping) return [null];
    const torn = this.isInsideQuotes ? this.tear() : [];
    return this.rest === '' ? torn : [...torn, this.rest];
  }

  /** Gives up a quoted field that does not end: the lines in it, but for the last, which may go on. */
  private tear(): Line[] {
    const lines = this.rest.split('\n');
    this.rest = lines.pop() ?? '';
    this.isInsideQuotes = false;
    this.closedAt = -2;
    this.lookAt(this.rest, 0, 0, this.rest.length);
    return lines;
  }

  private lookAt(text: string, start: number, from: number, end: number): void {
    if (this.delimiter === undefined) return;
    for (let at = text.indexOf('"', from); at >= 0 && at < end; at = text.indexOf('"', at + 1)) {
      if (this.isInsideQuotes) this.closedAt = at;
      else if (at !== start && text[at - 1] !== this.delimiter && this.closedAt !== at - 1) continue;
      this.isInsideQuotes = !this.isInsideQuotes;
    }
  }
}
