import { inWords, say, type Language, type Sentence } from '#words';
import type { ResolveAnswer } from '#contracts';
import { isRefusal } from '#platform';
import { answerTo } from './answer-to.ts';
import type { SchemeHistory } from './scheme-histories.ts';
import type { Point } from './timeline.ts';

/** What one line of a stream is answered: a bad line is answered as what it is, and the stream goes on. */
export type LineAnswer = ResolveAnswer | { readonly status: 'invalid'; readonly error: string };

/** Characters of all answers that are kept, with what was asked. */
const mostKept = 32_000_000;
const longestCode = 100;
/** An edition's label has at most 60 characters. */
const longestFrom = 100;

/** Answers lines one after the other; codes repeat in most files, so the last answers are kept as they were written. */
export class LineAnswers {
  private readonly written = new Map<string, string>();
  private kept = 0;

  constructor(
    private readonly history: SchemeHistory,
    private readonly from: readonly Point[] | undefined,
    private readonly to: Point,
    private readonly write: (answer: LineAnswer) => string,
    private readonly language: Language,
    private readonly most = mostKept,
  ) {}

  /** How many characters are kept. */
  get keptCharacters(): number {
    return this.kept;
  }

  /**
   * @param stated the code; blanks around it do not count
   * @param from as the line states it; undefined when it does not
   */
  answer(stated: string | undefined, from?: string): string {
    const code = stated?.trim();
    const wrong = wrongWith(code, from);
    if (wrong !== null) return this.invalid(wrong);
    const key = from === undefined ? (code ?? '') : `${code ?? ''}\n${from}`;
    const known = this.written.get(key);
    if (known !== undefined) return known;
    const written = this.write(this.answerAnew(code ?? '', from));
    this.keep(key, written);
    return written;
  }

  invalid(error: Sentence): string {
    return this.write({ status: 'invalid', error: inWords(error, this.language) });
  }

  /** A text that was cut out of a line holds the whole line in memory; what is kept is a copy. */
  private keep(key: string, written: string): void {
    const length = key.length + written.length;
    if (this.kept + length > this.most) {
      this.written.clear();
      this.kept = 0;
    }
    this.kept += length;
    this.written.set(Buffer.from(key).toString(), written);
  }

  private answerAnew(code: string, stated: string | undefined): LineAnswer {
    const from = stated === undefined ? this.from : this.history.timeline.findAll(stated);
    if (isRefusal(from))
      return { status: 'invalid', error: inWords(from.detail ?? from.title, this.language) };
    return answerTo(this.history, { code, from, to: this.to });
  }
}

function wrongWith(code: string | undefined, from: string | undefined): Sentence | null {
  if (!code) return say`The line has no code.`;
  if (code.length > longestCode) return say`The code is longer than ${longestCode} characters.`;
  return from !== undefined && from.length > longestFrom
    ? say`What it is resolved from is longer than ${longestFrom} characters.`
    : null;
}
