import type { Code } from '../entry.ts';
import { asLatinCapitals } from '../look-alikes.ts';
import { none } from './ints.ts';
import type { HistoryIndex } from './history-index.ts';

const most = 5;

/**
 * Finds what somebody who wrote an unknown code may have meant: the same code in other letter case, with spaces, other
 * separators, leading zeros or look-alike letters; without the letters it begins with; or else the entry above it.
 */
export class NearCodes {
  /** Codes by what they are without their letters. Built when the first unknown code comes. */
  private byNumbers: Map<string, Code[]> | undefined;
  private builtAt = 0;

  private readonly index: HistoryIndex;

  constructor(index: HistoryIndex) {
    this.index = index;
  }

  /**
   * @returns at most five codes, those of this revision before those of other ones, which had ended or not begun; none
   * when nothing is near
   */
  find(text: string, revision: number): Code[] {
    const folded = fold(text);
    const known = (this.table().get(withoutLetters(folded)) ?? []).filter((code) => code !== text);
    const same = known.filter((code) => fold(code) === folded);
    if (same.length > 0) return this.liveFirst(same, revision);
    return /^\d/.test(folded) ? this.liveFirst(known, revision) : this.above(folded, revision);
  }

  private above(folded: string, revision: number): Code[] {
    for (let end = folded.lastIndexOf('.'); end > 0; end = folded.lastIndexOf('.', end - 1)) {
      const prefix = folded.slice(0, end);
      const found = (this.table().get(withoutLetters(prefix)) ?? []).filter(
        (code) => fold(code) === prefix && this.isLive(code, revision),
      );
      if (found.length > 0) return found;
    }
    return [];
  }

  private liveFirst(codes: readonly Code[], revision: number): Code[] {
    const live = codes.filter((code) => this.isLive(code, revision));
    const others = codes.filter((code) => !this.isLive(code, revision));
    return [...live, ...others].slice(0, most);
  }

  private isLive(code: Code, revision: number): boolean {
    return this.index.holderOf(code, revision) !== none;
  }

  private table(): Map<string, Code[]> {
    if (this.byNumbers && this.builtAt === this.index.size) return this.byNumbers;
    const table = new Map<string, Code[]>();
    for (const code of this.index.allCodes()) {
      const key = withoutLetters(fold(code));
      const codes = table.get(key);
      if (codes) codes.push(code);
      else table.set(key, [code]);
    }
    this.builtAt = this.index.size;
    return (this.byNumbers = table);
  }
}

/** `" a1,1.01 "` -> `A1.1.1` */
function fold(text: string): string {
  return asLatinCapitals(text.slice(0, 100))
    .replace(/\s+/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '.')
    .replace(/^\.|\.$/g, '')
    .replace(/^(\p{L}+)\.(?=\d)/u, '$1')
    .replace(/(^|\D)0+(?=\d)/g, '$1')
    .replace(/(?<=[\d.])O(?=[\d.]|$)/g, '0');
}

function withoutLetters(folded: string): string {
  return folded.replace(/^\p{L}+/u, '');
}
