import { audit } from './mappa/audit.ts';
import { check } from './mappa/check.ts';
import { targets } from './mappa/targets.ts';
import type { Command } from './mappa/command.ts';
import { languageOf } from './messages.mjs';

/** `npm run mappa -- COMMAND …`: each command is one line of this table. */
const commands: readonly Command[] = [check, targets, audit];

const language = languageOf(process.env);
const [name, ...args] = process.argv.slice(2);
const command = commands.find((known) => known.name === name);
if (command) process.exitCode = await command.run(args, language);
else {
  const say = name === undefined || name === '--help' ? console.log : console.error;
  const usage = { it: 'Uso: npm run mappa -- COMANDO …', en: 'Usage: npm run mappa -- COMMAND …' };
  const unknown = { it: `Il comando "${name}" non esiste.`, en: `There is no command "${name}".` };
  say(
    [
      ...(say === console.error ? [unknown[language]] : []),
      usage[language],
      '',
      ...commands.map(({ usage, summary }) => `  ${usage}\n      ${summary[language]}`),
    ].join('\n'),
  );
  process.exitCode = say === console.log ? 0 : 2;
}
