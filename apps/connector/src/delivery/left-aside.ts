import type { ConceptId } from '#taxonomy';
import type { Fate } from './deliver.ts';
import type { Plan, PlannedStep } from './plan.ts';

/**
 * Records that stand aside under a parked code, and whose own code came to nothing: they get the code back that they had, where nobody
 * has taken it, and their place, where they gave that up too. Where that is refused or fails, they stay as they are until the circle can
 * turn, or the map changes them.
 * @param records external ids by concept
 */
export function leftAside(
  { steps }: Plan,
  fates: ReadonlyMap<number, Fate>,
  records: ReadonlyMap<ConceptId, string>,
): { readonly place: number; readonly back: PlannedStep }[] {
  const isStuck = (place: number): boolean => fates.get(place) === 'stuck';
  const aside = steps.flatMap((step, place) => (step.hash === null ? [{ step, place }] : []));
  if (aside.length === 0) return [];
  const taken = new Set(steps.flatMap(({ content }, place) => (isStuck(place) ? [] : content.code)));
  const stuck = new Set(
    steps.flatMap(({ work, hash }, place) => (hash !== null && isStuck(place) ? work : [])),
  );
  return aside.flatMap(({ step, place }) => {
    const { work, content } = step;
    if (fates.get(place) !== 'done' || !stuck.has(work) || work.held === null) return [];
    const { held } = work;
    const code = taken.has(held.code) ? content.code : held.code;
    const parentId = held.parentId !== null && records.has(held.parentId) ? held.parentId : null;
    if (code === content.code && parentId === content.parentId) return [];
    return [{ place, back: { ...step, content: { ...content, code, parentId } } }];
  });
}
