/** When it was last told that there may be something to deliver. One for the process. */
export class News {
  private toldAt = -Infinity;

  tell(): void {
    this.toldAt = performance.now();
  }

  /** @param at of `performance.now()` */
  isNewerThan(at: number): boolean {
    return this.toldAt >= at;
  }
}
