import { expect, test } from 'vitest';
import { withoutSecrets } from './witness.ts';
import { shortened } from './words.ts';

const secret = 'pass "wörd"\n  of a day';
const forms = {
  plain: secret,
  'in a URL': encodeURIComponent(secret),
  'in JSON': JSON.stringify(secret).slice(1, -1),
};

test.each(Object.entries(forms))('no part of a secret stays where words are cut, %s', (_, form) => {
  for (let before = 0; before < 560; before++) {
    const told = withoutSecrets(
      `${shortened(`${'x'.repeat(before)}${form} and more${'y'.repeat(500)}`)} (HTTP 400)`,
      [secret],
    );
    expect(told).not.toContain('pass');
  }
});

test('words that were cut elsewhere are left as they are', () => {
  expect(withoutSecrets('as before… and so on…', [secret])).toBe('as before… and so on…');
});

test('the longer of two secrets is hidden whole where the shorter stands in it', () => {
  expect(withoutSecrets('of u:mappa-key now', ['mappa', 'u:mappa-key'])).toBe('of *** now');
});
