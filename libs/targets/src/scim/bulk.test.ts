import fc from 'fast-check';
import { expect, test } from 'vitest';
import { creation, update } from '../conformance/sample.ts';
import { bulkResponse, readBulk, renderBulk } from './bulk.ts';
import { idOfLocation } from './judge.ts';
import { operationFor } from './operation.ts';
import { scimSettings } from './settings.ts';

const settings = scimSettings.parse({});
const post = (code: string) => operationFor(creation(code), null, settings);
const patch = (id: string) => operationFor(update(creation('A1'), id), id, settings);
const base = 'https://hr.example/v2/ActivityCodes';
const read = (operations: Parameters<typeof readBulk>[0], results: unknown[]) =>
  readBulk(operations, bulkResponse.parse({ Operations: results }).Operations);

test('a bulk request says no failOnErrors and gives creations an id of their own', () => {
  const body = renderBulk([post('A1'), patch('7'), post('A2')]);
  expect(body).not.toHaveProperty('failOnErrors');
  expect(body['Operations']).toMatchObject([
    { method: 'POST', path: '/ActivityCodes', bulkId: 'step-0' },
    { method: 'PATCH', path: '/ActivityCodes/7' },
    { method: 'POST', path: '/ActivityCodes', bulkId: 'step-2' },
  ]);
});

test('answers are found in any order, with statuses as text or number, and with relative and absolute locations', () => {
  const operations = [post('A1'), patch('7'), post('A2'), patch('8'), patch('9')];
  const results = [
    {
      method: 'POST',
      bulkId: 'step-2',
      status: '409',
      response: { detail: 'In use', scimType: 'uniqueness' },
    },
    { method: 'PATCH', location: '/ActivityCodes/8', status: 404, response: { detail: 'not found' } },
    { method: 'POST', bulkId: 'step-0', location: `${base}/42`, status: '201' },
    { method: 'PATCH', location: `${base}/7`, status: '204' },
    { method: 'PATCH', location: `${base}/9`, status: 200 },
  ];
  const expected = [
    { is: 'done', externalId: '42' },
    { is: 'done', externalId: '7' },
    { is: 'rejected', reason: 'In use (status 409)' },
    { is: 'gone' },
    { is: 'done', externalId: '9' },
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(results, { minLength: results.length }), (shuffled) => {
      expect(read(operations, shuffled)).toMatchObject(expected);
    }),
  );
});

test('an operation that the server does not mention is unknown, and no other answer is taken for it', () => {
  fc.assert(
    fc.property(fc.nat(20), fc.nat(20), (count, left) => {
      const operations = Array.from({ length: count }, (_, i) => (i % 2 ? patch(String(i)) : post(`A${i}`)));
      const results = operations.map((operation, i) =>
        operation.method === 'POST'
          ? { method: 'POST', bulkId: `step-${i}`, location: `${base}/${i}`, status: '201' }
          : { method: 'PATCH', location: `${base}/${i}`, status: '200' },
      );
      const answers = read(
        operations,
        results.filter((_, i) => i !== left),
      );
      expect(answers).toEqual(
        operations.map((_, i) =>
          i === left ? expect.objectContaining({ is: 'unknown' }) : { is: 'done', externalId: String(i) },
        ),
      );
    }),
  );
});

test('created without a location is unknown', () => {
  expect(read([post('A1')], [{ method: 'POST', bulkId: 'step-0', status: '201' }])).toMatchObject([
    { is: 'unknown' },
  ]);
});

test('a failed update without a location is found by its place', () => {
  const results = [
    { bulkId: 'step-0', status: '500' },
    { method: 'PATCH', status: '404' },
  ];
  expect(read([post('A1'), patch('7')], results)).toMatchObject([{ is: 'unknown' }, { is: 'gone' }]);
});

test('the id is what stands last in a location', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (id) => {
      fc.pre(id.isWellFormed());
      expect(idOfLocation(`${base}/${encodeURIComponent(id)}`)).toBe(id);
    }),
  );
  expect(idOfLocation(`/ActivityCodes/42?x=1#y`)).toBe('42');
  expect(idOfLocation('')).toBeNull();
  expect(idOfLocation(`${base}/%E0%A4%A`)).toBe('%E0%A4%A');
});
