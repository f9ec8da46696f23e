import { refuse, type Refusal } from '#platform';
import { say } from '#words';
import type { RegistryChange } from './schemas.ts';

/** A file that lists fewer targets than before may be one that was cut short: somebody must have seen how many it unlists. */
export function refuseUnlisting(changes: readonly RegistryChange[], seen: number): Refusal | null {
  const count = changes.filter(({ is }) => is === 'unlisted').length;
  if (count === 0 || count === seen) return null;
  return refuse('targets-file-unlists', {
    status: 409,
    title: say`The targets file unlists targets; nothing was changed`,
    detail: say`Targets that are listed and not named: ${count}. Name them; or look at its plan, and apply it with that number: --unlist ${count} (?unlist=${count}).`,
  });
}
