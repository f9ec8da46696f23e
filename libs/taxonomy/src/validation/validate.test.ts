import { inWords } from '#words';
import { describe, expect, test } from 'vitest';
import { grammar } from '../arbitrary.ts';
import type { AttributeMark } from '../attribute.ts';
import type { SuccessionLink } from '../change.ts';
import { diff } from '../diff.ts';
import { codeFrom, conceptIdFrom, type ConceptId, type Entry } from '../entry.ts';
import { rankOf } from '../grammar.ts';
import {
  dayPassed,
  outsideAccountingYear,
  validateChanges,
  type ChangesContext,
} from './validate-changes.ts';
import { usualTitleLengths, validate, type ValidationContext } from './validate.ts';

const id = (n: number): ConceptId => conceptIdFrom(`00000000-0000-4000-8000-00000000000${n}`);
const entry = (n: number, code: string, parent: number | null = null, said: Partial<Entry> = {}): Entry => ({
  conceptId: id(n),
  code: codeFrom(code),
  parentId: parent === null ? null : id(parent),
  rank: rankOf(grammar, codeFrom(code)),
  titles: { it: { official: `Titolo ${n}` } },
  notes: {},
  attributes: {},
  ...said,
});
const titled = (official: string): Partial<Entry> => ({ titles: { it: { official } } });
const map = (...entries: Entry[]) => new Map(entries.map((each) => [each.conceptId, each]));
const found = (entries: Map<ConceptId, Entry>, context?: ValidationContext) =>
  validate(grammar, entries, context).map(({ rule, code }) => `${rule} ${code}`);

describe('a map', () => {
  test.each<[string, Entry[]]>([
    ['code-form A1.x', [entry(1, 'A1'), entry(2, 'A1.x', 1)]],
    ['code-parent B1.1', [entry(1, 'A1'), entry(2, 'B1.1', 1)]],
    ['code-duplicate A1', [entry(1, 'A1'), entry(2, 'A1')]],
    ['code-look-alike a1', [entry(1, 'A1'), entry(2, 'a1')]],
    ['code-look-alike А1', [entry(1, 'A1'), entry(2, 'А1')]],
    ['code-look-alike A 1', [entry(1, 'A1'), entry(2, 'A 1')]],
    ['parent-missing A1.1', [entry(2, 'A1.1', 1)]],
    ['parent-circle A1', [entry(1, 'A1', 2), entry(2, 'A1.1', 1)]],
    ['parent-circle A1.2', [entry(1, 'A1', 2), entry(2, 'A1.1', 1), entry(3, 'A1.2', 2)]],
    [
      'too-deep A1.1.1.1',
      [entry(1, 'A1'), entry(2, 'A1.1', 1), entry(3, 'A1.1.1', 2), entry(4, 'A1.1.1.1', 3)],
    ],
    ['title-missing A1', [entry(1, 'A1', null, { titles: {} })]],
    ['text-form A1', [entry(1, 'A1', null, titled('<b>Bilancio</b>'))]],
    ['text-form A1', [entry(1, 'A1', null, titled('Bilancio\u202e'))]],
    ['text-form A1', [entry(1, 'A1', null, titled('\u3164'))]],
    ['text-form A1', [entry(1, 'A1', null, titled('\u2800'))]],
    ['code-look-alike A\u31641', [entry(1, 'A1'), entry(2, 'A\u31641')]],
    ['text-form A1', [entry(1, 'A1', null, titled('Bilancio '))]],
    ['text-too-long A1', [entry(1, 'A1', null, titled('x'.repeat(10_000_000)))]],
    ['numbering-gap A1.3', [entry(1, 'A1'), entry(2, 'A1.1', 1), entry(3, 'A1.3', 1)]],
    [
      'title-duplicate A2',
      [entry(1, 'A1', null, titled('Attività')), entry(2, 'A2', null, titled('attivita.'))],
    ],
  ])('gives the finding %s', (finding, entries) => {
    expect(found(map(...entries))).toContain(finding);
  });

  test('tells a missing parent once, and no gap before a code that is none', () => {
    expect(found(map(entry(2, 'A1.1', 1)))).toEqual(['parent-missing A1.1']);
    expect(found(map(entry(1, 'A1'), entry(2, 'A1.x', 1), entry(3, 'A1.y7', 1)))).toEqual([
      'code-form A1.x',
      'code-form A1.y7',
    ]);
  });

  test('lets a note have several lines, with line feeds, and with nothing at its ends', () => {
    const noted = (includes: string) => map(entry(1, 'A1', null, { notes: { it: { includes } } }));
    expect(found(noted('Piani\n\nprogrammi'))).toEqual([]);
    for (const includes of ['Piani\n', '\nPiani', 'Piani\r\nprogrammi', 'Piani\nprogrammi\u200b'])
      expect(found(noted(includes))).toEqual(['text-form A1']);
  });

  test.each([
    ['<b>Bilancio</b>', 'A1, the title (it): "<b>" is markup, at sign 1; "</b>" is markup, at sign 12.'],
    ['Bi\u200blancio', 'A1, the title (it): it has the invisible character U+200B at sign 3.'],
    ['Bi\nlancio', 'A1, the title (it): it has a line break at sign 3.'],
    ['Bi\r\nlancio', 'A1, the title (it): it has the invisible character U+000D at sign 3.'],
    ['Bilancio ', 'A1, the title (it): it begins or ends with a space.'],
    [
      ' <b>Bi\u0007lan\u200bcio</b>e\u0300 e\u0301',
      'A1, the title (it): it begins or ends with a space; "<b>" is markup, at sign 2; "</b>" is markup, at sign 15; it has the invisible character U+0007 at sign 7; it has the invisible character U+200B at sign 11; a letter and its accent stand apart at sign 19 (type the letter anew); a letter and its accent stand apart at sign 22 (type the letter anew).',
    ],
    [
      'Attivita\u0300',
      'A1, the title (it): a letter and its accent stand apart at sign 8 (type the letter anew).',
    ],
  ])('says what is wrong with the title %j, and where', (official, said) => {
    const [finding] = validate(grammar, map(entry(1, 'A1', null, titled(official))));
    expect(finding && inWords(finding.message, 'en')).toBe(said);
  });

  test('names the sign of a code that nobody can see to be another', () => {
    const [finding] = validate(grammar, map(entry(1, '\u04101')));
    expect(finding && inWords(finding.message, 'en')).toContain('A1 is: sign 1 is U+0410, not "A".');
  });

  test('has a title in its official language, where one is stated', () => {
    const english = map(entry(1, 'A1', null, { titles: { en: { official: 'Planning' } } }));
    expect(found(english)).toEqual([]);
    expect(found(english, { officialLanguage: 'it' })).toEqual(['title-missing A1']);
  });

  test('has a title that is too long for some systems, a note, or for nearly all, a warning, unless its short one fits', () => {
    const official = 'x'.repeat(90);
    const long = map(entry(1, 'A1', null, titled(official)));
    const [finding] = validate(grammar, long, { titleLengths: usualTitleLengths });
    expect(finding).toMatchObject({ severity: 'note', key: `title-too-long:${id(1)}:it:80` });
    const tooLong = map(entry(1, 'A1', null, titled('x'.repeat(256))));
    const [warning] = validate(grammar, tooLong, { titleLengths: usualTitleLengths });
    expect(warning).toMatchObject({ severity: 'warning', key: `title-too-long:${id(1)}:it:255` });
    const short = map(entry(1, 'A1', null, { titles: { it: { official, short: 'x' } } }));
    expect(found(short, { titleLengths: usualTitleLengths })).toEqual([]);
  });

  test('may lack a title where its source does, which is a warning', () => {
    const attributes = { origine: 'persa' };
    const untitled = map(entry(1, 'A1', null, { titles: {}, attributes }));
    const severityBy = (missingTitle: AttributeMark) =>
      validate(grammar, untitled, { marks: { missingTitle } }).map(({ rule, severity }) => [rule, severity]);
    expect(severityBy({ attribute: 'origine', value: 'persa' })).toEqual([['title-missing', 'warning']]);
    expect(severityBy({ attribute: 'origine', value: 'altra' })).toEqual([['title-missing', 'error']]);
    expect(found(untitled)).toEqual(['title-missing A1']);
  });

  test('has a title in the language of its edition, beside any others', () => {
    const german = map(entry(1, 'A1', null, { titles: { de: { official: 'Planung' } } }));
    expect(validate(grammar, german, { officialLanguage: 'it' })).toMatchObject([
      { rule: 'title-missing', severity: 'error', key: `title-missing:${id(1)}:it` },
    ]);
    expect(found(german, { officialLanguage: 'de' })).toEqual([]);
    expect(found(german)).toEqual([]);
  });

  test('has attributes as the edition defines them', () => {
    const attributes = [
      { name: 'usable', type: 'boolean', inHash: true, synced: true },
      { name: 'use', type: 'code-list', values: ['a', 'b'], inHash: true, synced: true },
    ] as const;
    const having = (values: Entry['attributes']) => map(entry(1, 'A1', null, { attributes: values }));
    const marks = { evidenceAttribute: 'evidence' };
    expect(found(having({ usable: true, use: 'a', evidence: 'gap' }), { attributes, marks })).toEqual([]);
    expect(found(having({ evidence: 'gap' }), { attributes })).toEqual(['attribute-form A1']);
    expect(found(having({ usable: 'yes' }), { attributes })).toEqual(['attribute-form A1']);
    expect(found(having({ use: 'c' }), { attributes })).toEqual(['attribute-form A1']);
    expect(found(having({ other: 1 }), { attributes })).toEqual(['attribute-form A1']);
  });
});

describe('a draft', () => {
  const base = map(entry(1, 'A1'), entry(2, 'A1.1', 1), entry(3, 'A1.3', 1));

  test('does not repeat the warnings of its base', () => {
    expect(found(base)).toEqual(['numbering-gap A1.3']);
    expect(found(base, { base })).toEqual([]);
  });

  test('leaves no number out where the entry is refused, though its row gives none', () => {
    expect(found(base, { refused: new Set(['A1.2', 'A1']) })).toEqual([]);
    expect(found(base, { refused: new Set(['A2.2', 'A1.x2']) })).toEqual(['numbering-gap A1.3']);
  });

  test('cannot retire a parent whose children go on', () => {
    const next = map(...[...base.values()].slice(1));
    expect(found(next, { base })).toContain('parent-retired A1.1');
  });

  const changed = (
    next: Map<ConceptId, Entry>,
    {
      links = [],
      undoing = [],
      none = [],
    }: { links?: [number, number][]; undoing?: [number, number][]; none?: number[] },
  ) => {
    const [all, alone] = [links, undoing].map((some) =>
      some.map(([from, to]) => ({ predecessor: id(from), successor: id(to) })),
    );
    const successions = {
      links: all ?? [],
      undoing: alone ?? [],
      decidedNone: new Set(none.map(id)),
    };
    const changes = diff(base, next, { grammar, successions });
    return validateChanges(changes, { successions, next }).map(({ key }) => key);
  };
  const withoutLast = map(...[...base.values()].slice(0, 2));

  test('decides who takes the place of what it retires', () => {
    expect(changed(withoutLast, {})).toEqual([`succession-undecided:${id(3)}`]);
    expect(changed(withoutLast, { none: [3] })).toEqual([]);
    expect(changed(withoutLast, { links: [[3, 2]] })).toEqual([]);
    expect(changed(withoutLast, { links: [[3, 9]] })).toEqual([`successor-missing:${id(3)}:${id(9)}`]);
  });

  test('is told of a successor that ends by its code, not by its id', () => {
    const links = [{ predecessor: id(3), successor: id(2) }];
    const next = map(entry(1, 'A1'));
    const successions = { links, decidedNone: new Set([id(2)]) };
    const changes = diff(base, next, { grammar, successions });
    const messages = validateChanges(changes, { successions, next, base }).map(({ message }) =>
      inWords(message, 'en'),
    );
    expect(messages).toEqual(['The successor A1.1 is not in the map that this draft makes.']);
  });

  test('changes one of the entries that a succession names, or only undoes another', () => {
    const given = { links: [[2, 3]] as [number, number][] };
    expect(changed(base, given)).toEqual([`succession-unchanged:${id(2)}:${id(3)}`]);
    const notes = { it: { includes: 'Anche una parte di A1.1' } };
    const told = map(...withoutLast.values(), entry(3, 'A1.3', 1, { notes }));
    expect(changed(told, given)).toEqual([]);
    expect(changed(base, { links: [[9, 3]] })).toEqual([]);
    expect(changed(base, { ...given, undoing: [[2, 3]] })).toEqual([]);
    expect(changed(base, { ...given, undoing: [[3, 2]] })).toEqual([
      `succession-unchanged:${id(2)}:${id(3)}`,
    ]);
  });

  test('is warned of an entry that comes back beside who took its place, unless that one gives it back or ends', () => {
    const next = map(...base.values(), entry(4, 'A1.2', 1));
    const warned = (made: Map<ConceptId, Entry>, links: SuccessionLink[]) => {
      const successions = { links, decidedNone: new Set<ConceptId>() };
      const changes = diff(base, made, { grammar, successions, formerConcepts: new Set([id(4)]) });
      const takenOver = new Map([[id(4), [entry(2, 'A1.1', 1), entry(3, 'A1.3', 1)]]]);
      return validateChanges(changes, { successions, next: made, takenOver }).map(({ key }) => key);
    };
    const back = (...from: number[]) => from.map((n) => ({ predecessor: id(n), successor: id(4) }));
    expect(warned(next, [])).toEqual([`back-beside-successor:${id(4)}:${id(2)},${id(3)}`]);
    expect(warned(next, back(2))).toEqual([`back-beside-successor:${id(4)}:${id(3)}`]);
    expect(warned(next, back(2, 3))).toEqual([]);
    const without = map(...[...next.values()].filter(({ conceptId }) => conceptId !== id(3)));
    expect(warned(without, back(2, 3))).toEqual([]);
    expect(warned(without, back(3))).toEqual([`back-beside-successor:${id(4)}:${id(2)}`]);
  });

  test('acknowledges by name that a code gets another meaning', () => {
    const next = map(...withoutLast.values(), entry(4, 'A1.3', 1));
    expect(changed(next, { none: [3] })).toEqual([`code-reused:${id(4)}:${id(3)}:A1.3`]);
  });

  test('says by its title whose code it was, where that entry is known', () => {
    const next = map(...withoutLast.values(), entry(4, 'A1.3', 1));
    const changes = diff(base, next, { grammar });
    const decided = { successions: { links: [], decidedNone: new Set([id(3)]) }, next };
    const said = (context: Partial<ChangesContext>) =>
      validateChanges(changes, { ...decided, ...context }).map(({ message }) => inWords(message, 'en'));
    const title = base.get(id(3))?.titles['it']?.official;
    expect(said({ base })).toEqual([
      `A1.3 belonged to "${title}" before, and means something else from this revision on.`,
    ]);
    const formerHolders = new Map([
      [codeFrom('A1.3'), { conceptId: id(3), title: 'Of long ago', now: codeFrom('A7') }],
    ]);
    expect(said({ formerHolders })[0]).toMatch(/^A1.3 belonged to "Of long ago" \(now A7\) before/);
    expect(said({})[0]).toMatch(/^A1.3 belonged to another entry before/);
  });

  test('changes codes at the start of an accounting year', () => {
    expect(outsideAccountingYear(3, '2027-07-01')?.key).toBe('accounting-year:2027-07-01');
    expect(outsideAccountingYear(3, '2027-01-01')).toBeNull();
    expect(outsideAccountingYear(0, '2027-07-01')).toBeNull();
  });

  test('counts from today or a day to come', () => {
    expect(dayPassed('2026-11-26', '2026-11-27')?.key).toBe('day-passed:2026-11-26');
    expect(dayPassed('2026-11-27', '2026-11-27')).toBeNull();
    expect(dayPassed('2027-01-01', '2026-11-27')).toBeNull();
  });
});
