import { expect, test } from 'vitest';
import { cloudEventHeaders, readCloudEvent, Unreadable } from './cloud-events.ts';

const attributes = { id: '1-42', source: '/schemes/cciaa', type: 'mappa.change.v1' };
const value = Buffer.from('{"code":"A1.1.1.4"}');

test('headers are exactly the required ones, and traceparent when there is a trace', () => {
  const headers = cloudEventHeaders(attributes);
  expect(
    Object.fromEntries(Object.entries(headers).map(([name, header]) => [name, header.toString()])),
  ).toEqual({
    ce_specversion: '1.0',
    ce_id: '1-42',
    ce_source: '/schemes/cciaa',
    ce_type: 'mappa.change.v1',
    'content-type': 'application/json',
  });
  expect(cloudEventHeaders({ ...attributes, traceparent: '00-a-b-01' })['traceparent']?.toString()).toBe(
    '00-a-b-01',
  );
});

test('what was written is read back', () => {
  const traced = { ...attributes, traceparent: '00-a-b-01' };
  expect(readCloudEvent({ headers: cloudEventHeaders(traced), value })).toEqual({
    ...traced,
    data: { code: 'A1.1.1.4' },
  });
  expect(readCloudEvent({ headers: cloudEventHeaders(attributes), value: null })).toEqual({
    ...attributes,
    data: null,
  });
});

test('a foreign content type of JSON is read too', () => {
  const headers = {
    ...cloudEventHeaders(attributes),
    'content-type': 'application/vnd.mappa+json; charset=utf-8',
  };
  expect(readCloudEvent({ headers, value })).toMatchObject({ data: { code: 'A1.1.1.4' } });
});

test.each([
  ['not a CloudEvent', {}, value],
  ['CloudEvents version 0.3', { ...cloudEventHeaders(attributes), ce_specversion: '0.3' }, value],
  ['a CloudEvent without id, source or type', { ...cloudEventHeaders(attributes), ce_id: '' }, value],
  ['content type text/plain', { ...cloudEventHeaders(attributes), 'content-type': 'text/plain' }, value],
  ['not JSON', cloudEventHeaders(attributes), Buffer.from('{"code"')],
])('%s can never be read', (reason, headers, body) => {
  const event = readCloudEvent({ headers, value: body });
  expect(event).toBeInstanceOf(Unreadable);
  expect(event).toMatchObject({ reason: expect.stringContaining(reason) });
});
