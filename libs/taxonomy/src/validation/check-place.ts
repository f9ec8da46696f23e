import type { Entries, Entry } from '../entry.ts';
import type { Finding } from '../finding.ts';
import { levelOf, parentCodeOf, type CodeGrammar, type Level } from '../grammar.ts';
import { found, nameOf } from './found.ts';

/** Whether an entry has a code of its edition, and stands where the code and the levels say. */
export function checkPlace(grammar: CodeGrammar, entries: Entries, base: Entries, entry: Entry): Finding[] {
  return [...checkCode(grammar, entries, entry), ...checkParents(grammar, entries, base, entry)];
}

function checkCode(grammar: CodeGrammar, entries: Entries, entry: Entry): Finding[] {
  const { code, parentId } = entry;
  if (code === null) return [];
  const level = levelOf(grammar, code);
  if (!level) return [found('code-form', entry, `"${nameOf(entry)}" is not a code of this edition.`)];
  const parent = parentId === null ? undefined : entries.get(parentId);
  if (level.parent === 'stated') return checkStatedParent(grammar, entry, level, parent);
  const expected = parentCodeOf(grammar, code);
  if (expected === (parent?.code ?? null)) return [];
  const stands = parent?.code ? `stands below ${parent.code}` : 'stands below no code';
  return [
    found('code-parent', entry, `${code} ${stands}, but its code places it below ${expected ?? 'none'}.`),
  ];
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
    found('code-parent', entry, `${nameOf(entry)} stands below ${parent?.code}, which is no level above it.`),
  ];
}

/** Walks up at most as far as the edition has levels, which a cycle never ends within. */
function checkParents(grammar: CodeGrammar, entries: Entries, base: Entries, entry: Entry): Finding[] {
  let depth = 1;
  for (let id = entry.parentId; id !== null; depth++) {
    const parent = entries.get(id);
    const retired = parent ? undefined : base.get(id);
    if (retired)
      return [
        found(
          'parent-retired',
          entry,
          `${nameOf(entry)} goes on, but ${nameOf(retired)} above it is retired.`,
        ),
      ];
    if (!parent) return [found('parent-missing', entry, `The parent of ${nameOf(entry)} is not in the map.`)];
    if (depth >= grammar.levels.length) {
      const message = `${nameOf(entry)} stands deeper than the edition has levels, or below itself.`;
      return [found('too-deep', entry, message)];
    }
    id = parent.parentId;
  }
  const isUncodedLevel = grammar.levels.some((level) => level.depth === depth && level.pattern === undefined);
  if (entry.code !== null || isUncodedLevel) return [];
  return [found('code-missing', entry, `${nameOf(entry)} has no code, and entries of its level have one.`)];
}
