import { refuse, type Refusal } from '#platform';
import type { Finding } from '#taxonomy';
import { say } from '#words';
import type { Acknowledgement } from './acknowledge.ts';
import { findingKey } from './finding-key.ts';

/** Warnings go further only when somebody has acknowledged each by its name. */
export function refuseWarnings(
  warnings: readonly Finding[],
  acknowledgements: readonly Pick<Acknowledgement, 'finding'>[],
): Refusal | null {
  const names = new Set(acknowledgements.map(({ finding }) => finding));
  const open = warnings.filter((finding) => !names.has(findingKey(finding)));
  if (open.length === 0) return null;
  return refuse('warnings-not-acknowledged', {
    title: say`The draft has warnings that nobody has acknowledged`,
    detail: say`Mend them, or acknowledge each by its name.`,
    problems: open.map(({ severity: _, ...finding }) => finding),
    extensions: { names: open.map(findingKey) },
  });
}
