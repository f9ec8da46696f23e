import { asKept, say } from '#words';
import { TargetError, type Use, type UsePage } from '../driver.ts';

/** @param found of one more than the limit, where there are more */
export function usePage(found: readonly Use[], limit: number): UsePage {
  const uses = found.slice(0, limit);
  return { uses, next: found.length > limit ? (uses.at(-1)?.id ?? null) : null };
}

/** @throws TargetError for a place at which no page of this target ends */
export function noSuchPlace(after: string): never {
  throw new TargetError({ is: 'rejected', reason: asKept(say`no page of this list ends at "${after}"`) });
}
