import type { Language } from '#words';
import type { DemoRevision } from './publish-demo.ts';
import { words } from './words.ts';

/** What a revision of the demonstration changed, a line for each change, and where to watch it arrive. */
export function showRevision(
  { revision, edition, isPlanned, changes }: DemoRevision,
  sandbox: string,
  language: Language,
): string[] {
  const say = words[language];
  return [
    say.inForce(revision, edition),
    ...changes.map(({ kinds, before, after }) => {
      const codes = [before, after].flatMap((side) => (side ? side.code.padEnd(10) : [])).join(' -> ');
      const names = kinds.map((kind) => say.kinds[kind]).join(', ');
      return `  ${names.padEnd(24)} ${codes.padEnd(24)} ${after?.titles['it']?.official ?? ''}`;
    }),
    ...(isPlanned ? [] : [say.unplanned]),
    say.watch(sandbox),
  ];
}
