import type { ResolveAnswer } from '#contracts';
import { isRefusal } from '#platform';
import { answerTo } from './answer-to.ts';
import type { SchemeHistory } from './scheme-histories.ts';
import type { Point } from './timeline.ts';

/** What one line of a stream is answered: a bad line is answered as what it is, and the stream goes on. */
export type LineAnswer = ResolveAnswer | { readonly status: 'invalid'; readonly error: string };

const keptAnswers = 50_000;
const longestCode = 100;

/** Answers lines one after the other; codes repeat in most files, so the last answers are kept as they were written. */
export class LineAnswers<Written> {
  private readonly written = new Map<string, Written>();

  constructor(
    private readonly history: SchemeHistory,
    private readonly from: Point | undefined,
    private readonly to: Point,
    private readonly write: (answer: LineAnswer) => Written,
  ) {}

  /** @param from as the line states it; undefined when it does not */
  answer(code: string | undefined, from?: string): Written {
    const key = from === undefined ? (code ?? '') : `${code ?? ''}\n${from}`;
    const known = this.written.get(key);
    if (known !== undefined) return known;
    const written = this.write(this.answerAnew(code, from));
    if (this.written.size >= keptAnswers) this.written.clear();
    this.written.set(key, written);
    return written;
  }

  invalid(error: string): Written {
    return this.write({ status: 'invalid', error });
  }

  private answerAnew(code: string | undefined, stated: string | undefined): LineAnswer {
    if (!code) return { status: 'invalid', error: 'The line has no code.' };
    if (code.length > longestCode)
      return { status: 'invalid', error: `The code is longer than ${longestCode} characters.` };
    const from = stated === undefined ? this.from : this.history.timeline.find(stated);
    if (isRefusal(from)) return { status: 'invalid', error: from.detail ?? from.title };
    return answerTo(this.history, { code, from, to: this.to });
  }
}
