import { expect, it } from 'vitest';
import { conceptNumber } from '../testing/map-history.ts';
import type { Outcome } from './answers.ts';
import type { PlannedStep, Work } from './plan.ts';
import { freedBy } from './retry-freed.ts';

const hash = 'a'.repeat(64);
const held = (code: string, changes: Partial<NonNullable<Work['held']>> = {}) =>
  ({ state: 'current', code, parentId: null, hash, ...changes }) as const;

/** A record that had a code, or none, is to get one. */
function step(from: Work['held'], code: string, changes: Partial<Work> = {}): PlannedStep {
  const content = { code, title: 'a', level: 1, parentId: null, active: true, validTo: null };
  const work: Work = {
    conceptId: conceptNumber(1),
    code,
    title: 'a',
    wanted: { content, hash },
    generation: 1,
    notes: null,
    isSucceeded: false,
    takesOver: false,
    held: from,
    deletion: 'no',
    wasStuck: false,
    refusedBefore: null,
    failsAlone: false,
    resend: false,
    foundCode: null,
    mayExist: false,
    ...changes,
  };
  return { work, content, hash, isBelowNew: false, waitsFor: [] };
}

const done = (of: PlannedStep): Outcome => ({ is: 'done', step: of, externalId: 'r1' });
const rejected = (code: string): Outcome => ({ is: 'rejected', step: step(null, code), reason: 'no' });
const freed = (...outcomes: Outcome[]) =>
  freedBy(outcomes.map((outcome) => ({ targetId: 't', outcome }))).map(({ code }) => code);

it.each<[string, Outcome, (string | null)[]]>([
  ['has another code now', done(step(held('A1'), 'A2')), ['A1']],
  ['stands aside', done({ ...step(held('A1'), 'A1 ~1'), hash: null }), ['A1']],
  ['is deleted', done(step(held('A1', { state: 'leaving' }), 'A1', { deletion: 'now' })), ['A1']],
  ['is gone', { is: 'gone', step: step(held('A1'), 'A1') }, ['A1']],
  ['keeps its code', done(step(held('A1'), 'A1')), []],
  ['is new', done(step(null, 'A1')), []],
  ['was refused another one', { is: 'rejected', step: step(held('A1'), 'A2'), reason: 'no' }, []],
  ['may have been made unseen', done(step(null, 'A1', { mayExist: true })), [null]],
  ['may have been changed unseen', done(step(held('A1', { hash: null }), 'A1')), [null]],
  ['was read', done(step(held('A1', { hash: null }), 'A1', { foundCode: 'A1' })), []],
  ['was read under another code', done(step(held('A1', { hash: null }), 'A1', { foundCode: 'A7' })), ['A7']],
  ['was missed', done(step(null, 'A1', { mayExist: true, foundCode: 'A1' })), []],
  [
    'was read, and is in doubt since',
    done(step(held('A1', { hash: null }), 'A1', { foundCode: 'A7', resend: true })),
    [null, 'A7'],
  ],
  ['is sent again in doubt', done(step(held('A1'), 'A2', { resend: true })), [null, 'A1']],
])('a record that %s frees what it had', (_, outcome, codes) => {
  expect(freed(outcome)).toEqual(codes);
});

it('a code that was refused after it was freed was not refused because of that record', () => {
  expect(freed(rejected('A1'), done(step(held('A1'), 'A2')))).toEqual(['A1']);
  expect(freed(done(step(held('A1'), 'A2')), rejected('A1'))).toEqual([]);
});
