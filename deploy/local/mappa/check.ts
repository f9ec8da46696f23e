import { inWords, isSentence, say, spoken, type Sentence } from '#words';
import { checkFile } from './check-file.ts';
import type { Command, Language } from './command.ts';
import { readOptions } from './read-options.ts';
import { showFindings } from './show-findings.ts';

const options = {
  edition: { type: 'string' },
  format: { type: 'string' },
  corrections: { type: 'string' },
  base: { type: 'string' },
  sheet: { type: 'string' },
  layout: { type: 'string' },
  encoding: { type: 'string' },
  separator: { type: 'string' },
  partial: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** Ends with 0: no errors, 1: errors, 2: the file could not be checked. */
export const check: Command = {
  name: 'check',
  usage:
    'check FILE [--edition EDITION.json] [--format NAME] [--sheet NAME] [--layout rows|levels] [--encoding NAME] [--separator SIGN] [--corrections FILE.json] [--base EXPORT [--partial]] [--json]',
  summary: {
    it: 'Legge un file da importare e lo controlla, senza server: ogni problema con riga e colonna.',
    en: 'Reads a file to import and checks it, without a server: every problem with its line and column.',
  },
  async run(args, language) {
    const stated = readOptions(args, options);
    if (isSentence(stated)) return refused([stated], language);
    const { values, positionals } = stated;
    const [file] = positionals;
    if (values.help) {
      console.log(`npm run mappa -- ${check.usage}\n\n${check.summary[language]}`);
      return 0;
    }
    if (file === undefined) return refused([say`Say which file is to be checked.`], language);
    if (positionals.length > 1)
      return refused([say`One file is checked at a time; these are ${positionals.length}.`], language);
    const { edition, format, corrections, base, partial = false, json, help: _, ...about } = values;
    if (partial && base === undefined)
      return refused(
        [say`A file that holds only what changes is checked with the map that it changes: --base EXPORT`],
        language,
      );
    const checked = await checkFile(file, { edition, format, corrections, base, partial, about });
    if ('problems' in checked) return refused(checked.problems, language);
    console.log(
      json
        ? JSON.stringify({ file, ...checked, findings: spoken([...checked.findings], language) })
        : showFindings(file, checked, language).join('\n'),
    );
    return checked.findings.some(({ severity }) => severity === 'error') ? 1 : 0;
  },
};

function refused(problems: readonly Sentence[], language: Language): number {
  const advice = { it: 'Aiuto: npm run mappa -- check --help', en: 'Help: npm run mappa -- check --help' };
  console.error([...problems.map((problem) => inWords(problem, language)), advice[language]].join('\n'));
  return 2;
}
