import { readFileSync } from 'node:fs';
import {
  changeEventSchema,
  conceptEventSchema,
  inForceEventSchema,
  sealedEventSchema,
  topics,
  withdrawnEventSchema,
} from '#contracts';
import { expect, test } from 'vitest';
import type { LogRow } from './read-log.ts';
import { renderMessages } from './render-messages.ts';

/** Messages as downstream systems got them when the contract was made. They change only with a new topic version. */
const golden: unknown = JSON.parse(readFileSync(new URL('golden-messages.json', import.meta.url), 'utf8'));

const placed = {
  conceptId: '11111111-1111-4111-8111-111111111111',
  code: 'A1.1.1.4',
  parentId: '22222222-2222-4222-8222-222222222222',
  rank: 64,
  titles: { it: { official: 'Definizione e assegnazione del Budget e degli obiettivi' } },
  notes: {},
  attributes: {},
  level: 5,
  parentCode: 'A1.1.1',
  path: ['A1', 'A1.1', 'A1.1.1'],
};
const row = (change: object, before: object | null, after: object | null): LogRow => ({
  position: 7,
  kind: 'change',
  scheme: 'processi-camerali',
  revision: 2,
  effectiveDate: '2026-01-01',
  conceptId: placed.conceptId,
  head: JSON.stringify({
    scheme: 'processi-camerali',
    revision: 2,
    effectiveDate: '2026-01-01',
    index: 1,
    count: 2,
    conceptId: placed.conceptId,
    causedBy: null,
    codeReusedFrom: null,
    successors: [],
    predecessors: [],
    ...change,
  }),
  before: before && JSON.stringify(before),
  after: after && JSON.stringify(after),
});
const inForce: LogRow = {
  ...row({}, null, null),
  kind: 'in-force',
  conceptId: null,
  head: JSON.stringify({
    scheme: 'processi-camerali',
    revision: 2,
    effectiveDate: '2026-01-01',
    edition: 'Rev. 2026',
    changes: 2,
    contentHash: 'a'.repeat(64),
    base: { revision: 1, contentHash: 'b'.repeat(64) },
    publishedAt: '2026-01-01T08:00:00.000Z',
  }),
};

const set = {
  scheme: 'processi-camerali',
  set: '33333333-3333-4333-8333-333333333333',
  effectiveDate: '2027-01-01',
};
const sealed = {
  ...set,
  edition: 'Rev. 2027',
  changes: 2,
  contentHash: 'c'.repeat(64),
  baseHash: 'a'.repeat(64),
  changesAt: `/api/v1/schemes/processi-camerali/sealed/${set.set}/changes`,
  sealedAt: '2026-11-25T08:00:00.000Z',
};
const ofSet = (kind: LogRow['kind'], event: object): LogRow => ({
  ...inForce,
  kind,
  revision: null,
  effectiveDate: null,
  head: JSON.stringify(event),
});
const ofSets = [
  ofSet('sealed', sealed),
  ofSet('resealed', { ...sealed, contentHash: 'd'.repeat(64), baseHash: 'e'.repeat(64) }),
  ofSet('withdrawn', { ...set, reason: 'conflict', withdrawnAt: '2026-11-26T08:00:00.000Z' }),
];

const readable = (rows: LogRow[]) =>
  rows.flatMap((each) =>
    renderMessages('epoch', each).map(({ topic, key, value, headers }) => ({
      topic,
      key,
      headers: Object.fromEntries(Object.entries(headers).map(([name, header]) => [name, header.toString()])),
      value: JSON.parse(value) as unknown,
    })),
  );

/** What changes say since succession has kinds; the messages above are older. */
const succession = {
  kinds: ['created'],
  predecessors: ['33333333-3333-4333-8333-333333333333'],
  successionKind: 'split',
  continues: false,
  comparableLevel: 4,
};

test('messages are the golden ones, to the letter', () => {
  const retitled = { ...placed, titles: { it: { official: 'Budget' } } };
  const messages = readable([
    row({ kinds: ['retitled'] }, placed, retitled),
    row({ kinds: ['retired'], index: 2 }, placed, null),
    row(succession, null, placed),
    inForce,
    ...ofSets,
  ]);
  expect(messages).toEqual(golden);
});

test('each message is what its schema says', () => {
  const schemas = new Map<string, { parse(value: unknown): unknown }>([
    [topics.changes.name, changeEventSchema],
    [topics.concepts.name, conceptEventSchema],
    [topics.revisions.name, inForceEventSchema],
  ]);
  for (const { topic, value } of readable([
    row({ kinds: ['created'] }, null, placed),
    row(succession, null, placed),
    inForce,
  ]))
    expect(schemas.get(topic)?.parse(value)).toEqual(value);
});

test('what is told of a sealed set is what its schema says', () => {
  const values = readable(ofSets).map(({ value }) => value);
  const schemas = [sealedEventSchema, sealedEventSchema, withdrawnEventSchema];
  schemas.forEach((schema, i) => expect(schema.parse(values[i])).toEqual(values[i]));
});
