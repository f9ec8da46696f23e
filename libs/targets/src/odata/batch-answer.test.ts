import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBatchAnswer } from './batch-answer.ts';
import { keyOfText, keyText } from './key-text.ts';

const http = (status: number, body: string, eol = '\r\n'): string =>
  [
    'Content-Type: application/http',
    '',
    `HTTP/1.1 ${status} X`,
    'Content-Type: application/json',
    '',
    body,
  ].join(eol);

test('the answers of a change set and single ones are read in their order, whatever the ends of lines', () => {
  const property = fc.property(
    fc.array(fc.json(), { minLength: 1, maxLength: 5 }),
    fc.constantFrom('\r\n', '\n'),
    (bodies, eol) => {
      const inner = bodies.flatMap((body) => ['--in', http(201, body, eol)]);
      const changeSet = ['Content-Type: multipart/mixed; boundary="in"', '', ...inner, '--in--'];
      const text = ['preamble', '--out', ...changeSet, '--out', http(404, '{}', eol), '--out--', ''].join(
        eol,
      );
      const read = readBatchAnswer('multipart/mixed; boundary=out', text);
      expect(read?.map(({ status }) => status)).toEqual([...bodies.map(() => 201), 404]);
      expect(read?.map(({ body }) => JSON.parse(body.toString()))).toEqual(
        [...bodies, '{}'].map((one) => JSON.parse(one)),
      );
    },
  );
  fc.assert(property);
});

test('an answer without a body has none', () => {
  const text = '--b\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n\r\n--b--';
  const read = readBatchAnswer('multipart/mixed; boundary=b', text);
  expect(read?.map(({ status, body }) => [status, body.length])).toEqual([[204, 0]]);
});

test('whatever comes instead, nothing is thrown', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (type, text) => {
      readBatchAnswer(`multipart/mixed; boundary=b${type}`, text);
      readBatchAnswer(type, text);
    }),
  );
});

test('our key comes back from the text that is stored', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.option(fc.nat()), (concept, generation) => {
      const key = generation === null ? concept : `${concept}:${generation}`;
      expect(keyText(key)).not.toMatch(/[/<>*%&:\\?+]/);
      expect(keyOfText(keyText(key))).toBe(key);
    }),
  );
});
