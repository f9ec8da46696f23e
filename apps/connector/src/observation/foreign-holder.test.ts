import { expect, it } from 'vitest';
import { conceptNumber } from '../testing/map-history.ts';
import { foreignHolder } from './foreign-holder.ts';

const stored = (code: string, title: string, parent: string | null = null) => ({
  externalId: 'theirs',
  key: null,
  content: { code, title, parent, level: null, active: true, validTo: null },
});
const wanted = { code: 'B1', title: 'Risorse umane', parentId: null };
const none = new Map();

it('a code of somebody else is taken where codes are unique, whatever its title', () => {
  const foreign = [stored('B1', 'Risorse umane!')];
  expect(foreignHolder(foreign, { uniqueCodes: true }, none)(wanted)).toBe('theirs');
  expect(foreignHolder(foreign, { uniqueCodes: false }, none)(wanted)).toBeUndefined();
});

it('where names are unique among siblings, only the same code and title below the same parent is taken', () => {
  const names = { uniqueCodes: true, onlyNamesAreUnique: true } as const;
  const concepts = new Map([['r1', conceptNumber(1)]]);
  expect(foreignHolder([stored('B1', 'Risorse umane!')], names, none)(wanted)).toBeUndefined();
  expect(foreignHolder([stored('B1', 'Risorse umane')], names, none)(wanted)).toBe('theirs');
  const below = [stored('B1', 'Risorse umane', 'r1')];
  expect(foreignHolder(below, names, concepts)(wanted)).toBeUndefined();
  expect(foreignHolder(below, names, concepts)({ ...wanted, parentId: conceptNumber(1) })).toBe('theirs');
});
