import { inWords, isSentence, say, type Sentence } from '#words';
import { readOptions } from './mappa/read-options.ts';
import { languageOf } from './messages.mjs';
import { homeDirectory } from './state/home.ts';
import { readRunFile } from './state/run-file.ts';
import { NotTold } from './status/not-told.ts';
import { readStatus } from './status/read-status.ts';
import { statusJson, statusLines } from './status/show-status.ts';

const language = languageOf(process.env);
const usage = {
  it: 'npm run status [-- --json]\nStato di ogni sistema collegato (CONNECTOR_URL, o Mappa in esecuzione qui). Termina con 0: tutti allineati, 1: non tutti, 2: non si sa.',
  en: 'npm run status [-- --json]\nThe state of every target (CONNECTOR_URL, or the Mappa that runs here). Ends with 0: all in step, 1: not all, 2: not known.',
};

process.exitCode = await showStatus(process.argv.slice(2));

/** @returns the exit code: 0 when all targets are in step, 1 when not, 2 when that is not known */
async function showStatus(args: string[]): Promise<number> {
  const read = readOptions(args, {
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  });
  if (isSentence(read)) return refuse(read, true);
  const { values, positionals } = read;
  const [extra] = positionals;
  if (extra !== undefined) return refuse(say`"${extra}" is not known here.`, true);
  if (values.help) {
    console.log(usage[language]);
    return 0;
  }
  const connector =
    process.env['CONNECTOR_URL'] ?? readRunFile(homeDirectory(process.env))?.addresses.connector;
  if (connector === undefined) return refuse(say`Mappa is not running here. Start it with: npm start`);
  try {
    const status = await readStatus(connector, language);
    console.log(values.json ? statusJson(status.targets) : statusLines(status, language).join('\n'));
    const { targets } = status;
    return targets.length > 0 && targets.every(({ state }) => state === 'in-step') ? 0 : 1;
  } catch (error) {
    if (error instanceof NotTold) return refuse(error.why);
    throw error;
  }
}

function refuse(why: Sentence, isMisused = false): 2 {
  console.error(inWords(why, language) + (isMisused ? `\n${usage[language]}` : ''));
  return 2;
}
