/** Which row is which entry, as far as it is known or supposed. */
export class Links {
  /** Entry of a row; -1: not known. */
  readonly ofRow: Int32Array;
  /** Row of an entry; -1: not known. */
  readonly ofEntry: Int32Array;
  /** 1: this row is not asked any more (fixed or automatic). */
  readonly sureRow: Uint8Array;
  /** 1: this entry is given away, or decided to have no row. */
  readonly sureEntry: Uint8Array;

  constructor(rows: number, entries: number) {
    this.ofRow = new Int32Array(rows).fill(-1);
    this.ofEntry = new Int32Array(entries).fill(-1);
    this.sureRow = new Uint8Array(rows);
    this.sureEntry = new Uint8Array(entries);
  }

  suppose(row: number, entry: number): void {
    this.ofRow[row] = entry;
    this.ofEntry[entry] = row;
  }

  fix(row: number, entry: number): void {
    this.suppose(row, entry);
    this.sureRow[row] = 1;
    this.sureEntry[entry] = 1;
  }

  isOpenRow(row: number): boolean {
    return this.ofRow[row] === -1 && this.sureRow[row] === 0;
  }

  isOpenEntry(entry: number): boolean {
    return this.ofEntry[entry] === -1 && this.sureEntry[entry] === 0;
  }

  /** Both at the top, or below a supposed pair. */
  haveSameParent(rowParent: number, entryParent: number): boolean {
    return rowParent < 0 ? entryParent < 0 : entryParent >= 0 && this.ofRow[rowParent] === entryParent;
  }
}
