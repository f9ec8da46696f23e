import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvField, delimiterOf, fieldsOf, isOpen } from './csv-field.ts';
import { longestRecord, RecordSplitter } from './record-splitter.ts';

const field = fc.string({ unit: fc.constantFrom('a', 'è', ',', '"', '\n', ';', ' '), maxLength: 6 });
/** How a text may be cut on its way. */
const cuts = fc.array(fc.nat(200), { maxLength: 6 });

function inPieces(text: string, at: readonly number[]): string[] {
  const bounds = [0, ...at.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
  return bounds.slice(1).map((end, i) => text.slice(bounds[i], end));
}

describe('records of a stream', () => {
  test('are the same however the text is cut, and fields are what was written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(field, { minLength: 1, maxLength: 4 }), { minLength: 1 }),
        cuts,
        (rows, at) => {
          const records = rows.map((fields) => fields.map((each) => csvField(each, ',')).join(','));
          const splitter = new RecordSplitter(',');
          const text = `${records.join('\n')}\n`;
          const found = [...inPieces(text, at).flatMap((piece) => splitter.push(piece)), ...splitter.end()];
          expect(found).toEqual(records);
          found.forEach((record, r) => {
            const row = rows[r] ?? [];
            expect(fieldsOf(record ?? '', ',')).toEqual(row);
          });
        },
      ),
    );
  });

  test('that are too long are left out, and the next one is read', () => {
    const splitter = new RecordSplitter();
    const lines = [
      ...splitter.push('a\n'),
      ...splitter.push('x'.repeat(longestRecord + 1)),
      ...splitter.push('x\nb\nlast'),
      ...splitter.end(),
    ];
    expect(lines).toEqual(['a', null, 'b', 'last']);
  });

  test.each([
    ['monitor 12" nero,A1\nA2,b\n', ['monitor 12" nero,A1', 'A2,b']],
    ['a,12"\nb,"c\nd"\n', ['a,12"', 'b,"c\nd"']],
    ['"a""\nb",c\nd,""\n', ['"a""\nb",c', 'd,""']],
    ['"a"b"\nc\n', ['"a"b"', 'c']],
  ])('a quotation mark opens a field only at its start: %j', (text, records) => {
    for (let cut = 0; cut <= text.length; cut++) {
      const splitter = new RecordSplitter(',');
      expect([...splitter.push(text.slice(0, cut)), ...splitter.push(text.slice(cut))]).toEqual(records);
    }
  });

  test('behind a quotation mark that is never closed each line is a record', () => {
    const splitter = new RecordSplitter(',');
    expect([...splitter.push('a\n"b,1\nc\n'), ...splitter.push('d,"e\nf"\n'), ...splitter.end()]).toEqual([
      'a',
      '"b,1\nc\nd,"e',
      'f"',
    ]);
    expect([...splitter.push('"b,1\nc,2\nd'), ...splitter.end()]).toEqual(['"b,1', 'c,2', 'd']);
    const long = `${'x'.repeat(longestRecord)}\n`;
    const torn = new RecordSplitter(',');
    expect([...torn.push(`"b\n${long}`), ...torn.push('c,"1\n2"\nd'), ...torn.end()]).toEqual([
      '"b',
      long.trim(),
      'c,"1\n2"',
      'd',
    ]);
  });

  test.each([
    ['"a', true],
    ['a,"b,c', true],
    ['a,"b""', true],
    ['"a"', false],
    ['a,b"', false],
    ['a,""', false],
    ['', false],
  ])('%j is open: %s', (record, expected) => {
    expect(isOpen(record, ',')).toBe(expected);
  });

  test.each([
    ['code;title, long', ';'],
    ['code', ','],
    ['"a;b;c",code', ','],
    ['a\tb\tc', '\t'],
  ])('the header %j is delimited by %j', (header, delimiter) => {
    expect(delimiterOf(header)).toBe(delimiter);
  });
});
