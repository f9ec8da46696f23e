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
      const codes = `${(before?.code ?? '-').padEnd(10)} -> ${(after?.code ?? '-').padEnd(10)}`;
      const names = kinds.map((kind) => say.kinds[kind]).join(', ');
      return `  ${names.padEnd(24)} ${codes} ${after?.titles['it']?.official ?? ''}`;
    }),
    ...(isPlanned ? [] : [say.unplanned]),
    say.watch(sandbox),
  ];
}
