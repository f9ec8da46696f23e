import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeFrom, type Code } from '#taxonomy';
import { policiesOf } from './policies.ts';
import { conceptNumber } from '../testing/map-history.ts';
import {
  leastLongestCode,
  parkedCode,
  render,
  renderedHash,
  renderRetired,
  type CodedEntry,
  type RenderRules,
} from './render.ts';

const rules: RenderRules = {
  uniqueCodes: true,
  longestCode: 40,
  longestTitle: 20,
  language: 'it',
  policies: policiesOf('crm', {}),
  missingTitle: 'show',
};
const entry: CodedEntry = {
  conceptId: conceptNumber(7),
  code: 'A1.1' as Code,
  level: 3,
  titles: { it: { official: 'Pianificazione', short: 'Piani' }, de: { official: 'Planung' } },
  parentId: conceptNumber(1),
};
const titled = (official: string, short?: string): CodedEntry => ({
  ...entry,
  titles: { it: { official, ...(short === undefined ? {} : { short }) } },
});

describe('the record of an entry', () => {
  it('shows code, official title, level and parent', () => {
    expect(render(entry, rules)).toEqual({
      code: 'A1.1',
      title: 'Pianificazione',
      level: 3,
      parentId: conceptNumber(1),
      active: true,
      validTo: null,
    });
    expect(render(entry, { ...rules, language: 'de' })).toMatchObject({ title: 'Planung' });
  });

  it('takes the short title where the official one does not fit, and is never cut', () => {
    const long = 'Pianificazione e programmazione';
    expect(render(titled(long, 'Piani'), rules)).toMatchObject({ title: 'Piani' });
    expect(render(titled(long), rules)).toEqual({
      reason: 'title longer than 20 characters, and no short title that fits',
    });
    expect(render(entry, { ...rules, longestCode: 3 })).toEqual({ reason: 'code longer than 3 characters' });
  });

  it('shows a placeholder for a title that the source lost, or is refused, by policy', () => {
    const untitled = { ...entry, titles: {} };
    const wide = { ...rules, longestTitle: 100 };
    expect(render(untitled, wide)).toMatchObject({ title: '[titolo mancante nel documento]' });
    expect(render(untitled, { ...wide, missingTitle: 'refuse' })).toEqual({
      reason: 'title missing in source',
    });
  });

  it('is out of use from the day before on when retired, and frees its code where codes are unique', () => {
    expect(renderRetired(entry, '2024-03-01', rules)).toMatchObject({
      code: 'A1.1 (cessata 2024-03-01)',
      title: 'Pianificazione',
      active: false,
      validTo: '2024-02-29',
    });
    expect(renderRetired(entry, '2024-01-01', { ...rules, uniqueCodes: false })).toMatchObject({
      code: 'A1.1',
      validTo: '2023-12-31',
    });
    const taken = renderRetired(entry, '2024-01-01', rules, (code) => code === 'A1.1 (cessata 2024-01-01)');
    expect(taken.code).toBe('A1.1 (cessata 2024-01-01 00000007)');
  });

  it('never has a code that is longer than the target takes', () => {
    expect(parkedCode('A1.1', conceptNumber(7), 80)).toBe('A1.1 (in modifica 00000007)');
    const codes = fc.array(fc.stringMatching(/^[A-F]\d(\.\d{1,2}){0,12}$/), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(
        codes,
        fc.integer({ min: leastLongestCode, max: 60 }),
        fc.nat(998),
        (each, longestCode, n) => {
          const made = each.flatMap((code, i) => [
            renderRetired(
              { ...entry, code: codeFrom(code), conceptId: conceptNumber(i + 1), generation: n + 1 },
              '2024-01-01',
              { ...rules, longestCode },
              (taken) => each.indexOf(code) < i && taken.startsWith(code),
            ).code,
            parkedCode(code, conceptNumber(i + 1), longestCode),
          ]);
          expect(made.filter(({ length }) => length > longestCode)).toEqual([]);
          expect(new Set(made).size).toBe(made.length);
        },
      ),
    );
  });

  it('has one hash for one content, whatever the order of its fields', () => {
    const content = render(entry, rules);
    if ('reason' in content) throw new Error(content.reason);
    const { code, ...rest } = content;
    expect(renderedHash({ ...rest, code })).toBe(renderedHash(content));
    expect(renderedHash({ ...content, active: false })).not.toBe(renderedHash(content));
  });
});
