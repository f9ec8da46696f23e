import { importStates } from '#contracts';
import { inWords } from '#words';
import { expect, test } from 'vitest';
import { howItStands } from './how-it-stands.ts';

const said = (state: (typeof importStates)[number]) =>
  inWords(howItStands({ id: 'i', schemeId: 's', state }), 'it');

test('an import that was interrupted or stopped says how the same file can be sent again', () => {
  expect(said('interrupted')).toContain('Inviare di nuovo lo stesso file: PUT /api/v1/imports/i/file.');
  expect(said('stopped')).toMatch(/lo stesso file.*POST \/api\/v1\/schemes\/s\/imports/);
});

test('no state is told by its English name in Italian', () => {
  for (const state of importStates) expect(said(state)).not.toMatch(new RegExp(`\\b${state}\\b`));
});
