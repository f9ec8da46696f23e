import { expect, test } from 'vitest';
import { inWords } from './in-words.ts';
import { reasons } from './italian/reasons.ts';
import { asKept, recalled } from './recalled.ts';
import { say } from './sentence.ts';

test('a reason that was kept is said in Italian, and in English as it was kept', () => {
  const kept = asKept(say`title longer than ${80} characters, and no short title that fits`);
  expect(inWords(recalled(kept), 'it')).toBe(
    'titolo di più di 80 caratteri, e nessun titolo breve che ci stia',
  );
  expect(inWords(recalled(kept), 'en')).toBe(kept);
});

test('so is a reason within a reason, and what another server said stays as it is', () => {
  const kept = asKept(
    say`not sent: ${asKept(say`the credentials are not accepted: ${'waits for {0}\nHTTP 401'}`)}`,
  );
  expect(inWords(recalled(kept), 'it')).toBe(
    'non inviato: le credenziali non sono accettate: waits for {0}\nHTTP 401',
  );
  expect(inWords(recalled('DUPLICATE_VALUE: Name'), 'it')).toBe('DUPLICATE_VALUE: Name');
  expect(inWords(recalled(''), 'it')).toBe('');
  expect(inWords(recalled('waits for approval of Mr Rossi (HTTP 422)'), 'it')).toMatch(/^waits for approval/);
  expect(inWords(recalled('waits for A1.1'), 'it')).toBe('attende A1.1');
});

test('every reason is known again by its own form, with its values in order', () => {
  for (const english of Object.keys(reasons)) {
    const places = english.match(/\{\d+\}/g) ?? [];
    expect(places).toEqual(places.map((_, i) => `{${i}}`));
    const kept = english.replace(/\{(\d+)\}/g, 'Q$1');
    expect(recalled(kept)).toEqual({
      english,
      values: places.map((_, i) => ({ english: '{0}', values: [`Q${i}`] })),
    });
  }
});

test('a long text that nearly is a reason costs no time', () => {
  const text = `waits for the code ${'which another record has ('.repeat(2_000)}`;
  expect(inWords(recalled(text), 'en')).toBe(text);
});
