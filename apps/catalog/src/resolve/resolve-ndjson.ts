import { say } from '#words';
import { StringDecoder } from 'node:string_decoder';
import type { LineAnswer, LineAnswers } from './line-answers.ts';
import { RecordSplitter, type Line } from './record-splitter.ts';

/**
 * Answers each line `{"code": …, "from": …, …}` with itself and `"resolved"`; a line that is no such object is answered
 * `{"line": …, "resolved": {"status": "invalid", …}}`.
 */
export async function* resolveNdjson(
  body: AsyncIterable<Buffer>,
  answers: LineAnswers,
): AsyncGenerator<Buffer> {
  const decoder = new StringDecoder('utf8');
  const splitter = new RecordSplitter();
  let number = 0;
  const answerAll = (lines: readonly Line[]): Buffer =>
    Buffer.from(lines.map((line) => answerLine(line, ++number, answers)).join(''));
  for await (const piece of body) {
    const lines = splitter.push(decoder.write(piece));
    if (lines.length > 0) yield answerAll(lines);
  }
  const last = [...splitter.push(decoder.end()), ...splitter.end()];
  if (last.length > 0) yield answerAll(last);
}

function answerLine(line: Line, number: number, answers: LineAnswers): string {
  if (line === null) return invalid(number, answers.invalid(say`The line is longer than 1 MiB.`));
  const text = line.trim();
  if (text === '') return '';
  const asked = questionOf(text);
  if (!asked)
    return invalid(
      number,
      answers.invalid(say`The line is not a JSON object with a text "code", and without "resolved".`),
    );
  return `${text.slice(0, -1)},"resolved":${answers.answer(asked.code, asked.from)}}\n`;
}

/** The answer without what the line or the request says already. */
export function ndjsonAnswer(answer: LineAnswer): string {
  if (!('results' in answer)) return JSON.stringify(answer);
  const { code: _, from, to, ...rest } = answer;
  return JSON.stringify({ from: from?.revision ?? null, to: to.revision, ...rest });
}

function invalid(line: number, resolved: string): string {
  return `{"line":${line},"resolved":${resolved}}\n`;
}

/** `from` may be a number, as a revision is. Checked by hand: a schema would cost more than the answer. */
function questionOf(text: string): { code: string; from?: string } | undefined {
  try {
    const line: unknown = JSON.parse(text);
    if (typeof line !== 'object' || line === null || !('code' in line) || typeof line.code !== 'string')
      return undefined;
    if ('resolved' in line) return undefined;
    const from = 'from' in line ? line.from : undefined;
    if (typeof from === 'string' || typeof from === 'number') return { code: line.code, from: String(from) };
    return { code: line.code };
  } catch {
    return undefined;
  }
}
