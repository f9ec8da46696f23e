import { QueryError } from './query-error.ts';
import { tokenize, type Token } from './tokens.ts';

/** Reads a query from left to right; keywords are recognised in any case. */
export class TokenReader {
  private readonly tokens: readonly Token[];
  private next = 0;

  constructor(text: string) {
    this.tokens = tokenize(text);
  }

  peek(): Token {
    return this.tokens[this.next]!;
  }

  take(): Token {
    const token = this.peek();
    if (token.is !== 'end') this.next++;
    return token;
  }

  /** Takes the words or signs if they stand next, one after the other. */
  accept(...texts: string[]): boolean {
    const stands = texts.every((text, i) => {
      const token = this.tokens[this.next + i];
      return (token?.is === 'word' || token?.is === 'symbol') && token.text.toUpperCase() === text;
    });
    if (stands) this.next += texts.length;
    return stands;
  }

  expect(text: string): void {
    if (!this.accept(text)) throw this.unexpected(`'${text}'`);
  }

  word(what: string): string {
    const token = this.take();
    if (token.is !== 'word') throw this.unexpected(what, token);
    return token.text;
  }

  wholeNumber(what: string): number {
    const token = this.take();
    if (token.is !== 'number' || !/^\d+$/.test(token.text)) throw this.unexpected(what, token);
    return Number(token.text);
  }

  /** One or more things, separated by commas. */
  list<T>(one: () => T): T[] {
    const items = [one()];
    while (this.accept(',')) items.push(one());
    return items;
  }

  end(): void {
    if (this.peek().is !== 'end') throw this.unexpected('the end');
  }

  unexpected(wanted: string, token: Token = this.peek()): QueryError {
    const found = token.is === 'end' ? 'the end' : `'${token.text}' at position ${token.at}`;
    return new QueryError(`expected ${wanted}, found ${found}`);
  }
}
