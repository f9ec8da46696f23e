import { say, type Sentence } from '#words';
import { codeFrom, type Code, type ConceptId, type Entries, type Entry } from '../entry.ts';
import type { Finding } from '../finding.ts';
import { levelOf, parentCodeOf, type CodeGrammar, type Level } from '../grammar.ts';
import { found, nameOf } from './found.ts';
import type { RuleId } from './rules.ts';
import { isPlain, skeletonOf } from './skeleton.ts';
import { nameOfSign } from './text-fault.ts';

/** Whether an entry has a code of its edition, and stands where the code and the levels say. */
export function checkPlace(grammar: CodeGrammar, around: Around, entry: Entry): Finding[] {
  return [...checkCode(grammar, around.entries, entry), ...checkParents(grammar, around, entry)];
}

interface Around {
  readonly entries: Entries;
  /** The same part of the revision before. */
  readonly base: Entries;
  readonly isInCircle: (id: ConceptId) => boolean;
}

function checkCode(grammar: CodeGrammar, entries: Entries, entry: Entry): Finding[] {
  const { code, parentId } = entry;
  if (code === null) return [];
  const level = levelOf(grammar, code);
  if (!level) return [found('code-form', entry, noCode(grammar, code, nameOf(entry)), { field: 'code' })];
  const parent = parentId === null ? undefined : entries.get(parentId);
  // That its parent is missing is told once; where the code places it says nothing more.
  if (parentId !== null && !parent) return [];
  if (level.parent === 'stated') return checkStatedParent(grammar, entry, level, parent);
  const expected = parentCodeOf(grammar, code);
  if (expected === (parent?.code ?? null)) return [];
  return [ofParent('code-parent', entry, wrongParent(code, parent?.code ?? null, expected))];
}

/** Of a code that only looks like one, the sign that is another one is named, because nobody can see it. */
function noCode(grammar: CodeGrammar, code: Code, name: string): Sentence {
  const alike = codeFrom(skeletonOf(code.slice(0, 1_000)));
  if (alike === code || !levelOf(grammar, alike)) return say`"${name}" is not a code of this edition.`;
  const signs = Array.from(code);
  const odd = signs.findIndex((sign) => skeletonOf(sign) !== sign);
  const sign = signs[odd] ?? '';
  const looks = skeletonOf(sign) || '–';
  const is = isPlain(sign) ? `"${sign}"` : nameOfSign(sign);
  return say`"${name}" is not a code of this edition, ${alike} is: sign ${odd + 1} is ${is}, not "${looks}".`;
}

function wrongParent(code: Code, parent: Code | null, expected: Code | null): Sentence {
  if (expected === null)
    return say`${code} stands below ${parent ?? '?'}, but by its code it stands at the top.`;
  if (parent === null) return say`${code} stands below no code, but its code places it below ${expected}.`;
  return say`${code} stands below ${parent}, but its code places it below ${expected}.`;
}

function checkStatedParent(
  grammar: CodeGrammar,
  entry: Entry,
  level: Level,
  parent: Entry | undefined,
): Finding[] {
  const above = parent?.code ? levelOf(grammar, parent.code)?.depth : undefined;
  if (above === undefined || above < level.depth) return [];
  return [
    ofParent(
      'code-parent',
      entry,
      say`${nameOf(entry)} stands below ${parent?.code ?? '?'}, which is no level above it.`,
    ),
  ];
}

/** Walks up at most as far as the edition has levels, which a cycle never ends within. */
function checkParents(grammar: CodeGrammar, around: Around, entry: Entry): Finding[] {
  const { entries, base, isInCircle } = around;
  let depth = 1;
  for (let id = entry.parentId; id !== null; depth++) {
    const parent = entries.get(id);
    const retired = parent ? undefined : base.get(id);
    if (retired)
      return [
        ofParent(
          'parent-retired',
          entry,
          say`${nameOf(entry)} goes on, but ${nameOf(retired)} above it is retired.`,
        ),
      ];
    if (!parent)
      return [ofParent('parent-missing', entry, say`The parent of ${nameOf(entry)} is not in the map.`)];
    if (depth >= grammar.levels.length) {
      if (isInCircle(entry.conceptId))
        return [ofParent('parent-circle', entry, say`${nameOf(entry)} stands below itself.`)];
      if (isInCircle(id))
        return [
          ofParent(
            'parent-circle',
            entry,
            say`${nameOf(entry)} stands below ${nameOf(parent)}, which stands below itself.`,
          ),
        ];
      return [ofParent('too-deep', entry, say`${nameOf(entry)} stands deeper than the edition has levels.`)];
    }
    id = parent.parentId;
  }
  const isUncodedLevel = grammar.levels.some((level) => level.depth === depth && level.pattern === undefined);
  if (entry.code !== null || isUncodedLevel) return [];
  return [
    found('code-missing', entry, say`${nameOf(entry)} has no code, and entries of its level have one.`, {
      field: 'code',
    }),
  ];
}

const ofParent = (rule: RuleId, entry: Entry, message: Sentence): Finding =>
  found(rule, entry, message, { field: 'parent' });
