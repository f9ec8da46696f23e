import type { MatchDecision } from '#contracts';
import type { ProblemDetail } from '#platform';
import { say, type Sentence } from '#words';
import { standing, subjectOf, type Decision, type DecisionRecord } from './decision.ts';
import type { MatchedImport } from './load-matching.ts';
import { aboutRow, fix, isEnding, type MatchProblem } from './match-problem.ts';
import { namedByKey } from './named-by-key.ts';

/** Who decides, when and why (else what the file says of why); `act` names the act about many of which each decision is a part. */
export interface Deciding {
  readonly by: DecisionRecord['decidedBy'];
  readonly at: Date;
  readonly why: string;
  readonly act: object | null;
}

/** Decisions as they are kept, or everything that is wrong with them against the file, the base and each other. */
export function checkDecisions(
  { problem, decisions }: Pick<MatchedImport, 'problem' | 'decisions'>,
  asked: readonly MatchDecision[],
  { by, at, why, act }: Deciding,
): { records: DecisionRecord[]; problems: ProblemDetail[] } {
  const problems: ProblemDetail[] = [];
  const paths = new Map<string, number>();
  const unknown = new Set<number>();
  const records = namedByKey(problem, asked).map((one, i): DecisionRecord => {
    const subject = subjectOf(one);
    const name = 'row' in one ? one.row : one.concept;
    if (paths.has(subject)) problems.push(wrong(i, 'decided-twice', say`${name} stands twice.`));
    paths.set(subject, i);
    const fault = unknownSubject(problem, one);
    if (fault) {
      problems.push(wrong(i, 'subject-unknown', fault));
      unknown.add(i);
    }
    const ofFile = 'concept' in one ? problem.asked.get(one.concept) : undefined;
    const record = { act, why: why || (ofFile ?? ''), decidedBy: by, decidedAt: at };
    return { subject, decision: keptForm(problem, one), ...record };
  });
  const earlier = [...decisions.values()].filter(({ subject }) => !paths.has(subject));
  const { lapsed } = fix(problem, standing([...earlier, ...records]));
  for (const [subject, message] of lapsed) {
    const i = paths.get(subject);
    if (i !== undefined && !unknown.has(i)) problems.push(wrong(i, 'decision-impossible', message));
  }
  return { records, problems };
}

function keptForm(problem: MatchProblem, decision: MatchDecision): Decision | null {
  if ('undo' in decision) return null;
  if ('concept' in decision) return { kind: 'retired', successors: decision.successors };
  const about = aboutRow(problem, decision.row) ?? { code: null, title: '' };
  if ('same' in decision) return { kind: 'same', conceptId: decision.same, about };
  return { kind: 'new', predecessors: decision.predecessors, about };
}

function unknownSubject(problem: MatchProblem, decision: MatchDecision): Sentence | null {
  const { entries, base } = problem;
  if ('undo' in decision) return null;
  if ('concept' in decision)
    return base.has(decision.concept) ? null : say`The base has no ${decision.concept}.`;
  if (entries.has(decision.row)) return null;
  return isEnding(problem, decision.row)
    ? say`The row ${decision.row} asks for the end of its entry: the decision is about the concept.`
    : say`The file has no row ${decision.row}.`;
}

const wrong = (i: number, rule: string, message: Sentence): ProblemDetail => ({
  path: `decisions[${i}]`,
  rule,
  message,
});
