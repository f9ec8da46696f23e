/** A list of 32-bit integers that grows, four bytes each. */
export class Ints {
  private items = new Int32Array(1_024);
  length = 0;

  push(value: number): void {
    if (this.length === this.items.length) {
      const grown = new Int32Array(this.items.length * 2);
      grown.set(this.items);
      this.items = grown;
    }
    this.items[this.length++] = value;
  }

  at(index: number): number {
    return this.items[index] ?? none;
  }

  set(index: number, value: number): void {
    this.items[index] = value;
  }
}

/** Stands for no place in a list. */
export const none = -1;
