import type { ProblemDetail } from '#platform';
import {
  codeFrom,
  levelOf,
  parentCodeOf,
  type Code,
  type CodeGrammar,
  type ConceptId,
  type Entry,
} from '#taxonomy';
import { say } from '#words';

/** A code that changes with a branch. */
export interface Renumbering {
  readonly conceptId: ConceptId;
  readonly parentId: ConceptId | null;
  readonly from: Code | null;
  readonly to: Code | null;
}

/** Where a branch goes, and which codes it carries there. */
export interface Move {
  /** The branch's own entry first, then all below it whose code changes with it. */
  readonly codes: readonly Renumbering[];
}

/** Where somebody wants the branch: below a parent (null: at the top), or under a code of its own, or both. */
export interface Destination {
  readonly parent: Pick<Entry, 'conceptId' | 'code'> | null;
  readonly code: Code | null;
}

/**
 * Codes of a branch in its new place: what derives from the old code of its entry derives from the new one.
 * @param branch its own entry first
 */
export function renumber(grammar: CodeGrammar, branch: readonly Entry[], to: Destination): Move {
  const [root, ...below] = branch;
  const parentId = to.parent?.conceptId ?? null;
  if (!root) return { codes: [] };
  const prefix = root.code === null ? null : root.code + grammar.separator;
  const codes = below.flatMap(({ conceptId, parentId: above, code }): Renumbering[] => {
    if (prefix === null || to.code === null || to.code === root.code || !code?.startsWith(prefix)) return [];
    const next = codeFrom(to.code + grammar.separator + code.slice(prefix.length));
    return [{ conceptId, parentId: above, from: code, to: next }];
  });
  return { codes: [{ conceptId: root.conceptId, parentId, from: root.code, to: to.code }, ...codes] };
}

/** That the new place of a branch is inside it: then nothing else can be said of the move. */
export function belowItself(
  branch: readonly Pick<Entry, 'conceptId'>[],
  parent: Destination['parent'],
): ProblemDetail[] {
  if (!parent || branch.every(({ conceptId }) => conceptId !== parent.conceptId)) return [];
  return [{ path: 'parent', rule: 'below-itself', message: say`A branch cannot stand below itself.` }];
}

/** All else that stands against a move. @param heldBy who carries a code in the draft, outside the branch */
export function problemsOfMove(
  grammar: CodeGrammar,
  { parent, code }: Destination,
  { codes }: Move,
  heldBy: ReadonlyMap<string, ConceptId>,
): ProblemDetail[] {
  const problems: ProblemDetail[] = [];
  const derived = code === null ? null : parentCodeOf(grammar, code);
  if (code !== null && derived !== null && derived !== (parent?.code ?? null))
    problems.push({
      path: 'code',
      rule: 'code-parent',
      code,
      message: say`${code} places it below ${derived}, not below ${parent?.code ?? say`an entry without a code`}.`,
    });
  for (const { to } of codes) {
    if (to === null) continue;
    if (!levelOf(grammar, to))
      problems.push({ rule: 'code-form', code: to, message: say`"${to}" is not a code of this edition.` });
    const holder = heldBy.get(to);
    if (holder)
      problems.push({
        rule: 'code-duplicate',
        code: to,
        message: say`${to} is carried by the entry ${holder}.`,
      });
  }
  return problems;
}

/**
 * The code after the last one below a parent, as its siblings are written, else as the branch itself is; null where that is
 * no code of the edition, or not one below the parent.
 */
export function nextCodeBelow(
  grammar: CodeGrammar,
  parent: Code | null,
  siblings: readonly (Code | null)[],
  own: Code | null,
): Code | null {
  if (parent === null) return null;
  const suffixes = siblings.flatMap((code) => (code?.startsWith(parent) ? code.slice(parent.length) : []));
  const above = own === null ? null : parentCodeOf(grammar, own);
  const likeOwn = own !== null && above !== null ? own.slice(above.length) : `${grammar.separator}1`;
  const numbered = suffixes.flatMap((suffix) => {
    const [, sign, digits] = /^(\D*)(\d+)$/.exec(suffix) ?? [];
    return sign === undefined || digits === undefined
      ? []
      : [{ sign, width: digits.length, number: Number(digits) }];
  });
  const last = numbered.reduce((one, other) => (other.number > one.number ? other : one), {
    sign: /^\D*/.exec(likeOwn)?.[0] ?? '',
    width: /\d*$/.exec(likeOwn)?.[0].length ?? 1,
    number: 0,
  });
  const number = String(last.number + 1);
  const isBelow = (code: Code) => levelOf(grammar, code) !== null && parentCodeOf(grammar, code) === parent;
  return (
    [number, number.padStart(last.width, '0')]
      .map((digits) => codeFrom(parent + last.sign + digits))
      .find(isBelow) ?? null
  );
}
