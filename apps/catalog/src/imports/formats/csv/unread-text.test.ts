import { Buffer } from 'node:buffer';
import { afterEach, expect, test, vi } from 'vitest';
import { UnreadText } from './unread-text.ts';

afterEach(() => vi.restoreAllMocks());

test('the lines of broken rows are taken one by one, also where pieces end within them, and joined once after each piece', async () => {
  const concat = vi.spyOn(Buffer, 'concat');
  const rows = Array.from({ length: 1_000 }, (_, i) => `A${i};è"y`);
  const text = rows.map((row) => `${row}\n`).join('');
  const unread = new UnreadText();
  const ends = rows.map((row) => Buffer.byteLength(row) + 1);
  const [taken, pieces] = [[] as string[], 7];
  let [given, place] = [0, 0];
  for await (const piece of unread.through(inPieces(text, pieces))) {
    given += piece.length;
    for (let end = ends[0]; end !== undefined && place + end <= given; end = ends[0]) {
      taken.push(...unread.takeLines(place + end - 2));
      place += end;
      unread.readUntil(place);
      ends.shift();
    }
  }
  expect(taken).toEqual(rows);
  expect(concat.mock.calls.length).toBeLessThanOrEqual(pieces);
});

test('what was taken is not taken again, and a row without an end is all that is left', async () => {
  const unread = new UnreadText();
  for await (const _ of unread.through(inPieces('A;"x\nB\nC', 2)));
  expect(unread.takeLines(3)).toEqual(['A;"x']);
  expect(unread.takeLines(3)).toEqual([]);
  expect(unread.takeLines()).toEqual(['B', 'C']);
  expect(unread.takeLines()).toEqual([]);
});

async function* inPieces(text: string, pieces: number): AsyncGenerator<string> {
  const length = Math.ceil(text.length / pieces);
  for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length);
}
