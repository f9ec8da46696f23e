import type { Code } from '../entry.ts';
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

  /** @returns at most five codes of this revision, none when nothing is near */
  find(text: string, revision: number): Code[] {
    const folded = fold(text);
    const known = this.table().get(withoutLetters(folded)) ?? [];
    const live = known.filter((code) => this.isLive(code, revision));
    const same = live.filter((code) => fold(code) === folded);
    if (same.length > 0) return same.slice(0, most);
    if (/^\d/.test(folded)) return live.slice(0, most);
    return this.above(folded, revision);
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

/** Letters of other alphabets that look like Latin capitals, and capitals that are typed for digits. */
const lookAlikes: Readonly<Record<string, string>> = {
  А: 'A', В: 'B', С: 'C', Е: 'E', Н: 'H', К: 'K', М: 'M', О: 'O', Р: 'P', Т: 'T', Х: 'X', Ζ: 'Z', Α: 'A', Β: 'B', Ε: 'E',
}; // prettier-ignore

/** `" a1,1.01 "` -> `A1.1.1` */
function fold(text: string): string {
  return text
    .slice(0, 100)
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\u0370-\u04ff]/g, (letter) => lookAlikes[letter] ?? letter)
    .replace(/\s+/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '.')
    .replace(/^\.|\.$/g, '')
    .replace(/(^|\D)0+(?=\d)/g, '$1')
    .replace(/(?<=[\d.])O(?=[\d.]|$)/g, '0');
}

function withoutLetters(folded: string): string {
  return folded.replace(/^\p{L}+/u, '');
}
