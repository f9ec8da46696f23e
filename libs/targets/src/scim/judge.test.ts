import { expect, test } from 'vitest';
import { judgeDeletion } from './judge.ts';

const said = (status: number) => ({ ok: status < 300, status, body: null, reason: `HTTP ${status}` });

test.each([204, 200, 404])('a deletion that is answered with %i is done', (status) => {
  expect(judgeDeletion('42', said(status))).toEqual({ is: 'done', externalId: '42' });
});

test.each([400, 403, 409, 412])('a deletion that is refused with %i is about the record', (status) => {
  expect(judgeDeletion('42', said(status))).toEqual({ is: 'rejected', reason: `HTTP ${status}` });
});

test('a server that knows no deletion is in trouble as a whole', () => {
  expect(() => judgeDeletion('42', said(405))).toThrow('HTTP 405');
});
