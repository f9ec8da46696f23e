import { refuse, type Refusal } from '#platform';
import { say } from '#words';
import type { EntityManager } from 'typeorm';
import { lowestOf } from './lowest-revision.ts';
import type { Placement } from './placement.ts';

/** Links lead into one revision, the lowest one; when another edition was placed before it meanwhile, they mean something else. */
export async function refuseOvertaken(
  db: EntityManager,
  schemeId: string,
  { before }: Placement,
): Promise<Refusal | null> {
  const lowest = await lowestOf(db, schemeId);
  if (lowest?.number === before) return null;
  return refuse('history-overtaken', {
    title: say`Another historical edition was placed meanwhile`,
    status: 409,
    detail: say`The links lead into revision ${before}; the lowest one is ${lowest?.number ?? '–'} now. Decide the day and the links again, and submit it again.`,
  });
}
