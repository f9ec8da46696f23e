import { expect, it } from 'vitest';
import { isNamedIn, leftOut, partAbout } from './part-about.ts';

const json = (value: unknown): string => JSON.stringify(value);
const cutOut = (text: string): unknown => JSON.parse(text.replaceAll(leftOut, ''));

it('of records in a list its own is cut out, and the answer in the same place', () => {
  const records = ['k1', 'k10', 'k2'].map((key) => ({ Key__c: key, Name: `title of ${key}` }));
  const results = [{ success: true }, { success: false, errors: ['no'] }, { success: true }];
  const part = partAbout(json({ allOrNone: false, records }), json(results), ['k10']);
  expect(cutOut(part.request)).toEqual(records[1]);
  expect(cutOut(part.answer)).toEqual(results[1]);
  expect(part.request.startsWith(leftOut) && part.request.endsWith(leftOut)).toBe(true);
  expect(cutOut(partAbout(json({ records }), json(results), ['k1']).request)).toEqual(records[0]);
});

it('an answer that names the record, or the operation, wins over the place', () => {
  const Operations = [1, 2, 3].map((n) => ({ bulkId: `step-${n}`, data: { externalId: `k${n}` } }));
  const answer = {
    Operations: [
      { bulkId: 'step-3', status: '409' },
      { bulkId: 'step-1', status: '201' },
    ],
  };
  expect(cutOut(partAbout(json({ Operations }), json(answer), ['k3']).answer)).toEqual(answer.Operations[0]);
  const none = partAbout(json({ Operations }), 'it broke', ['k3']);
  expect(none.answer).toBe('it broke');
});

it('of arguments one after another the list of records is taken, not what stands beside it', () => {
  const call = { method: 'model.create', params: [[{ mark: 'k1' }, { mark: 'k2' }], { language: 'it' }] };
  const part = partAbout(json(call), json({ result: [7, 8] }), ['k2']);
  expect([cutOut(part.request), cutOut(part.answer)]).toEqual([{ mark: 'k2' }, 8]);
});

it('of a multipart body its part is cut out, and the one with its Content-ID of the answer', () => {
  const body = (status: string): string =>
    [1, 2].map((n) => `--b\r\nContent-ID: ${n}\r\n\r\n${status} ${n}`).join('\r\n') + '\r\n--b--\r\n';
  const part = partAbout(body('PATCH /k'), body('HTTP/1.1 40'), ['2']);
  expect(part.request).toContain('PATCH /k 2');
  expect(part.request).not.toContain('PATCH /k 1');
  expect(part.answer).toContain('HTTP/1.1 40 2');
  expect(part.answer).not.toContain('HTTP/1.1 40 1');
});

it('where nothing tells records apart, what stands around the name is kept', () => {
  const text = `${'a '.repeat(5_000)}k7${' b'.repeat(5_000)}`;
  const { request, answer } = partAbout(text, 'short', ['k7']);
  expect(request.length).toBeLessThan(3_000);
  expect(request).toMatch(/^\[…\].* k7 .*\[…\]$/);
  expect(answer).toBe('short');
});

it('a name inside a longer one is another name', () => {
  expect(isNamedIn('id 1200, 12', '12')).toBe(true);
  expect(isNamedIn('id 1200, 512', '12')).toBe(false);
  expect(isNamedIn('/records/12', '12')).toBe(true);
});
