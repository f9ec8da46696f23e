import { Buffer } from 'node:buffer';

/**
 * What a parser was given and has made no row of yet, so that of a row which it cannot read something is known. It holds as
 * much as one row may be long.
 */
export class UnreadText {
  private held: Buffer[] = [];
  /** Place of the first byte that is held, and the end of what was read. */
  private start = 0;
  private read = 0;

  async *through(text: AsyncIterable<string>): AsyncGenerator<Buffer> {
    for await (const piece of text) {
      for (let [first] = this.held; first && this.start + first.length <= this.read; [first] = this.held) {
        this.held.shift();
        this.start += first.length;
      }
      const bytes = Buffer.from(piece);
      this.held.push(bytes);
      yield bytes;
    }
  }

  readUntil(place: number): void {
    this.read = Math.max(this.read, place);
  }

  /**
   * Takes the lines after what was read, with the one in which a place stands as the last; none when that was taken before.
   * @param place in bytes; left out where no end of the row was found
   */
  takeLines(place = Infinity): string[] {
    if (place < this.read) return [];
    const unread = this.unread();
    const rest = unread.subarray(Math.min(unread.length, place - this.read));
    const end = rest.findIndex((byte) => byte === 10 || byte === 13);
    const isWhole = place === Infinity || end < 0;
    const taken = isWhole ? unread : unread.subarray(0, unread.length - rest.length + end);
    this.read += taken.length;
    return taken
      .toString()
      .split(/\r\n|\n|\r/)
      .filter((line) => line !== '');
  }

  /** It is joined once after each piece that came, and not for each row: a piece may have thousands that are broken. */
  private unread(): Buffer {
    if (this.held.length > 1) {
      this.held = [Buffer.concat(this.held).subarray(this.read - this.start)];
      this.start = this.read;
    }
    return (this.held[0] ?? Buffer.alloc(0)).subarray(this.read - this.start);
  }
}
