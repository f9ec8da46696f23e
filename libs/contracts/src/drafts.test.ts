import { expect, test } from 'vitest';
import { editSchema, entryContentSchema } from './drafts.ts';

const asTyped = { it: { includes: 'Piani\r\ne programmi\rdi ogni anno' } };
const inLines = { it: { includes: 'Piani\ne programmi\ndi ogni anno' } };
const titles = { it: { official: 'Piani' } };

test('line breaks in notes are line feeds, whatever the system on which they were typed', () => {
  expect(editSchema.parse({ op: 'change', entry: 'A1', notes: asTyped })).toMatchObject({ notes: inLines });
  expect(editSchema.parse({ op: 'create', code: 'A1', titles, notes: asTyped })).toMatchObject({
    notes: inLines,
  });
  expect(entryContentSchema.parse({ titles, notes: asTyped })).toMatchObject({ notes: inLines });
});
