import { expect, test } from 'vitest';
import { asKept, inWords, say } from '#words';
import { takenBack } from '../replica/take-ground.ts';
import { reasonFor, type Standing } from './target-reason.ts';

const standing: Standing = {
  state: 'behind',
  scheme: 'map',
  isMapKnown: true,
  desired: 2,
  skipped: 0,
  hold: null,
  quarantine: null,
  pauseReason: null,
  trouble: null,
  troubleReason: null,
  stuckReason: null,
  haltReason: null,
  isMoved: false,
  repairedUntil: null,
  isOpen: true,
  isCompared: false,
  isResynced: false,
  unreadable: null,
  wrong: null,
};
const inItalian = (target: Partial<Standing>): string | null => {
  const reason = reasonFor({ ...standing, ...target });
  return reason && inWords(reason, 'it');
};

test('what was kept as text is said in Italian, and the words of people and servers stay as they are', () => {
  expect(inItalian({ state: 'quarantined', quarantine: takenBack })).toMatch(
    /^in quarantena: il catalogo ha ritirato una revisione/,
  );
  expect(inItalian({ state: 'quarantined', quarantine: 'si rompe ogni lunedì' })).toBe(
    'in quarantena: si rompe ogni lunedì',
  );
  const refused = asKept(say`the credentials are not accepted: ${'INVALID_SESSION (HTTP 401)'}`);
  expect(inItalian({ state: 'unreachable', troubleReason: refused })).toBe(
    'le credenziali non sono accettate: INVALID_SESSION (HTTP 401)',
  );
  const stuck = (reason: string): string | null =>
    inItalian({ state: 'stuck', stuckReason: { code: 'A1.2', reason } });
  expect(stuck('title missing in source')).toBe('A1.2: titolo mancante nel documento');
  expect(stuck('DUPLICATE_VALUE')).toBe('A1.2: DUPLICATE_VALUE');
});

test('a target that waits says for what, and one with work on its way says nothing', () => {
  expect(inItalian({})).toBeNull();
  expect(inItalian({ desired: 0 })).toBe('non è ancora arrivata alcuna revisione');
  expect(
    inItalian({
      isMoved: true,
      wrong: { missing: 2, altered: 1, extra: 0, isHeld: true, isInVain: false, recurring: 0 },
    }),
  ).toMatch(/^ha cambiato posto.*ne ha trovate 3 sbagliate/);
  expect(inItalian({ haltReason: 'trasloco', isOpen: false })).toBe('tutti gli invii sono fermi: trasloco');
});

test('a target in step that could not be read says so, and why', () => {
  const unreadable = asKept(say`the credentials are not accepted: ${'HTTP 401'}`);
  const said = 'non si è potuto leggerlo: le credenziali non sono accettate: HTTP 401';
  expect(inItalian({ state: 'in-step', unreadable })).toContain(said);
  expect(inItalian({ state: 'in-step-except', skipped: 1, unreadable })).toContain(said);
});
