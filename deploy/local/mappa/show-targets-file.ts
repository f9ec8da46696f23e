import { inWords } from '#words';
import { placeInWords } from '../../../apps/connector/src/registry/place-in-file.ts';
import type { RegistryChangesAnswer } from '../../../apps/connector/src/registry/schemas.ts';
import type { Language } from './command.ts';
import type { RefusedFile } from './send-targets-file.ts';

const signs = { created: '+', changed: '~', 'listed-again': '+', unlisted: '-' } as const;

const words = {
  it: {
    organisation: 'ente',
    system: 'sistema',
    profile: 'profilo',
    target: 'sistema collegato',
    'listed-again': ' (di nuovo nel file)',
    unlisted: ' (non più nel file; le sue registrazioni restano)',
    nothing: 'Nessuna variazione.',
    applied: 'Applicato',
    planned: 'Da applicare',
    warnings: 'Attenzione:',
    counts: ['nuovi', 'variati', 'tolti dal file'],
  },
  en: {
    organisation: 'organisation',
    system: 'system',
    profile: 'profile',
    target: 'target',
    'listed-again': ' (listed again)',
    unlisted: ' (no longer listed; its records stay)',
    nothing: 'Nothing changes.',
    applied: 'Applied',
    planned: 'To be applied',
    warnings: 'Beware:',
    counts: ['created', 'changed', 'unlisted'],
  },
} as const;

/** A line for each change (`+` new, `~` changed, `-` unlisted), one for each field that changes, a sum, and what may be a mistake. */
export function showChanges({ warnings, ...answer }: RegistryChangesAnswer, language: Language): string[] {
  const beware = warnings.map((warning) => showPlaced(warning, language));
  return [...sumUp(answer, language), ...(beware.length > 0 ? [words[language].warnings, ...beware] : [])];
}

function sumUp(
  { applied, changes }: Pick<RegistryChangesAnswer, 'applied' | 'changes'>,
  language: Language,
): string[] {
  const word = words[language];
  if (changes.length === 0) return [word.nothing];
  const lines = changes.flatMap(({ what, id, is, fields }) => [
    `${signs[is]} ${word[what]} ${id}${is === 'unlisted' || is === 'listed-again' ? word[is] : ''}`,
    ...(is === 'created'
      ? []
      : fields.map(
          ({ field, before, after }) => `    ${field}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`,
        )),
  ]);
  const counts = [['created', 'listed-again'], ['changed'], ['unlisted']].map(
    (kinds, i) => `${word.counts[i]} ${changes.filter(({ is }) => kinds.includes(is)).length}`,
  );
  return [...lines, `${applied ? word.applied : word.planned}: ${counts.join(', ')}.`];
}

/** Every problem with its place in the file, in the language in which the connector answered. */
export function showProblems({ title, detail, problems }: RefusedFile, language: Language): string[] {
  return [
    [title, detail].filter(Boolean).join(': '),
    ...problems.map((problem) => showPlaced(problem, language)),
  ];
}

function showPlaced({ message, ...place }: RefusedFile['problems'][number], language: Language): string {
  const where = placeInWords(place);
  return where ? `  ${inWords(where, language)}: ${message}` : `  ${message}`;
}
