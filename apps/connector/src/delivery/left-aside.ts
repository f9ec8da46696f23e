import type { Fate } from './deliver.ts';
import type { Plan, PlannedStep } from './plan.ts';

/**
 * Records that stand aside under a parked code, and whose own code came to nothing: they get the code back that they had, where nobody
 * has taken it. Where that is refused, they stay as they are.
 */
export function leftAside(
  { steps }: Plan,
  fates: ReadonlyMap<number, Fate>,
): { readonly place: number; readonly back: PlannedStep }[] {
  const isStuck = (place: number): boolean => fates.get(place) === 'stuck';
  const aside = steps.flatMap((step, place) => (step.hash === null ? [{ step, place }] : []));
  if (aside.length === 0) return [];
  const taken = new Set(steps.flatMap(({ content }, place) => (isStuck(place) ? [] : content.code)));
  const stuck = new Set(
    steps.flatMap(({ work, hash }, place) => (hash !== null && isStuck(place) ? work : [])),
  );
  return aside.flatMap(({ step, place }) => {
    const code = step.work.held?.code;
    const isLeft = fates.get(place) === 'done' && stuck.has(step.work);
    if (!isLeft || code === undefined || taken.has(code)) return [];
    return [{ place, back: { ...step, content: { ...step.content, code } } }];
  });
}
