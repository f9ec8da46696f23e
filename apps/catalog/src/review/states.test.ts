import { isRefusal } from '#platform';
import { spoken } from '#words';
import { expect, test } from 'vitest';
import { move } from './move.ts';
import { draftStates, transitions, type DraftAction } from './states.ts';

test('every state is reached from an open draft, and every state leads to an end', () => {
  const reached = new Set(['open']);
  for (const state of reached)
    for (const next of Object.values(transitions[state as 'open'])) reached.add(next);
  expect(reached).toEqual(new Set(draftStates));
  const ends = new Set(draftStates.filter((state) => Object.keys(transitions[state]).length === 0));
  expect(ends).toEqual(new Set(['published', 'discarded']));
});

test('only what is approved is published, sealed or placed in history, and only what is sealed comes into force by itself', () => {
  const from = (action: DraftAction) => draftStates.filter((state) => transitions[state][action]);
  for (const action of ['publish', 'seal', 'place-before'] as const)
    expect(from(action)).toEqual(['approved']);
  expect(from('cut-over')).toEqual(['sealed']);
});

test('an edit makes a submission and an approval stale, and a sealed set is not edited', () => {
  expect(move('submitted', 'edit')).toBe('open');
  expect(move('approved', 'edit')).toBe('open');
  expect(isRefusal(move('sealed', 'edit'))).toBe(true);
});

test('what cannot be done is refused with what can', () => {
  expect(spoken(move('open', 'publish'), 'en')).toMatchObject({
    code: 'draft-state',
    status: 409,
    detail:
      'It is open. "publish" is for a draft that is approved; now it can be done: edit, submit, discard.',
  });
  expect(spoken(move('open', 'place-before'), 'it')).toMatchObject({
    detail:
      'È aperta. "collocare prima della prima revisione" è per una bozza approvata; ora si può: modificare, presentare, abbandonare.',
  });
  expect(spoken(move('sealed', 'edit'), 'en')).toMatchObject({
    detail: expect.stringMatching(/; now it can be done: withdraw\.$/),
  });
  expect(spoken(move('published', 'edit'), 'it')).toMatchObject({
    detail: 'È pubblicata; non si tocca più.',
  });
  expect(move('published', 'edit')).toMatchObject({ code: 'draft-closed' });
});
