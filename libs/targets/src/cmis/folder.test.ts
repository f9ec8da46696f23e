import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RecordContent } from '../driver.ts';
import { differences, propertiesOf, toFolder, toStoredRecord } from './folder.ts';
import { cmisSettings } from './settings.ts';

const settings = cmisSettings.parse({});
const content = fc.record({
  code: fc.stringMatching(/^[A-Z]\d(\.\d){0,3}$/),
  title: fc.string({ unit: 'grapheme' }),
  parent: fc.constantFrom(null, '7'),
  level: fc.constant(3),
  active: fc.boolean(),
  validTo: fc.constantFrom(null, '2026-12-31', '2026-06-30'),
});

/** The folder as a server would show it after these values were written. */
function folderOf(values: ReadonlyMap<string, string | null>, parentId: string) {
  const shown = [...values].map(([id, value]) => {
    if (value === null) return [id, null];
    if (id === settings.properties.active) return [id, value === 'true'];
    return [id, id === settings.properties.validTo ? Number(value) : value];
  });
  return toFolder({
    succinctProperties: {
      'cmis:objectId': '9',
      'cmis:name': '',
      'cmis:parentId': parentId,
      ...Object.fromEntries(shown),
    },
  });
}

test('what was written reads back as the same content, all but the level', () => {
  fc.assert(
    fc.property(content, (one: RecordContent) => {
      const folder = folderOf(propertiesOf('k', one, settings), one.parent ?? 'root');
      expect(toStoredRecord(folder, 'root', settings)).toEqual({
        externalId: '9',
        key: 'k',
        content: { ...one, level: null },
      });
    }),
  );
});

test('nothing differs after writing, and what differs makes equal', () => {
  fc.assert(
    fc.property(content, content, (before, after) => {
      const held = propertiesOf('k', before, settings);
      const wanted = propertiesOf('k', after, settings);
      expect(differences(folderOf(wanted, 'root'), wanted).size).toBe(0);
      const changed = differences(folderOf(held, 'root'), wanted);
      expect(new Map([...held, ...changed])).toEqual(wanted);
    }),
  );
});
