import type { MatchDecision } from '#contracts';
import type { MatchProblem } from './match-problem.ts';

/**
 * The key of the row that somebody names. Where a file names its rows by concept id or by path, people see codes, and may
 * say those; what is neither a key nor a code stays as it was said.
 */
export function keyFinder({ entries }: Pick<MatchProblem, 'entries'>): (name: string) => string {
  const keys = new Map<string, string>();
  for (const [key, { code }] of entries) if (code !== null) keys.set(code, key);
  return (name) => (entries.has(name) ? name : (keys.get(name) ?? name));
}

/** Decisions with their rows and successors under the keys of the file, each successor once. */
export function namedByKey(
  problem: Pick<MatchProblem, 'entries'>,
  decisions: readonly MatchDecision[],
): MatchDecision[] {
  const keyOf = keyFinder(problem);
  return decisions.map((decision) => {
    if ('row' in decision) return { ...decision, row: keyOf(decision.row) };
    return 'successors' in decision
      ? { ...decision, successors: [...new Set(decision.successors.map(keyOf))] }
      : decision;
  });
}
