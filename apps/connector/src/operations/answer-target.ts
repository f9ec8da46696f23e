import type { TargetStatus } from '#contracts';
import { orProblem, type Executor } from '#platform';
import { spoken, type Language } from '#words';
import { unknownTarget } from './act.ts';
import { readTargetStatus } from './target-status.ts';

/** The answer of whatever is asked of one target, or was done to it. */
export async function answerTarget(
  executor: Executor,
  targetId: string,
  language: Language,
): Promise<TargetStatus> {
  const [target] = await readTargetStatus(executor, targetId);
  return spoken(orProblem(target ?? unknownTarget(targetId)), language);
}
