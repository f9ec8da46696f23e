import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { inWords, isSentence, say, type Sentence } from '#words';
import { signIn } from '../demo/sign-in.ts';
import { homeDirectory } from '../state/home.ts';
import { readRunFile } from '../state/run-file.ts';
import type { Command, Language } from './command.ts';
import { readOptions } from './read-options.ts';
import { sendTargetsFile, type Sending } from './send-targets-file.ts';
import { showChanges, showProblems } from './show-targets-file.ts';

/** Ends with 0: planned or applied, 1: the file is refused and nothing is changed, 2: it could not be sent. */
export const targets: Command = {
  name: 'targets',
  usage: 'targets plan|apply FILE [--same-records] [--unlist N] [--json]',
  summary: {
    it: 'Mostra che cosa un file di sistemi collegati cambierebbe, o lo applica (CONNECTOR_URL e MAPPA_TOKEN, o Mappa in esecuzione qui).',
    en: 'Shows what a file of targets would change, or applies it (CONNECTOR_URL and MAPPA_TOKEN, or the Mappa that runs here).',
  },
  async run(args, language) {
    const asked = parse(args);
    if (isSentence(asked)) return refused(asked, language);
    const connector = await findConnector();
    if (!connector) return refused(noConnector, language);
    try {
      const file = await readJsonFile(asked.file);
      const answer = await sendTargetsFile(connector, file, asked, language);
      if (asked.isJson) console.log(JSON.stringify(answer));
      else {
        const lines = 'problems' in answer ? showProblems(answer) : showChanges(answer, language);
        console.log(lines.join('\n'));
      }
      return 'problems' in answer ? 1 : 0;
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      return 2;
    }
  },
};

function refused(problem: Sentence, language: Language): number {
  console.error(
    `${inWords(problem, language)}\nnpm run mappa -- ${targets.usage}\n${targets.summary[language]}`,
  );
  return 2;
}

interface Asked extends Sending {
  readonly file: string;
  readonly isJson: boolean;
}

const noConnector = say`Mappa does not run here; say where its connector is, and who asks: CONNECTOR_URL and MAPPA_TOKEN.`;

function parse(args: string[]): Asked | Sentence {
  const read = readOptions(args, {
    json: { type: 'boolean', default: false },
    'same-records': { type: 'boolean', default: false },
    unlist: { type: 'string', default: '0' },
  });
  if (isSentence(read)) return read;
  const { values, positionals } = read;
  const [action, file, ...more] = positionals;
  if (action !== 'plan' && action !== 'apply')
    return say`Say what is to be done: targets plan, or targets apply.`;
  if (file === undefined) return say`Say which file of targets is meant.`;
  if (more.length > 0)
    return say`One file of targets is taken at a time; these are ${positionals.length - 1}.`;
  if (!/^\d{1,6}$/.test(values.unlist)) return say`--unlist: ${values.unlist} is not a number of targets.`;
  const sameRecords = values['same-records'];
  return { action, file, sameRecords, unlist: Number(values.unlist), isJson: values.json };
}

/** A connector elsewhere needs a token of an administrator; for the one that runs here, the sandbox gives one. */
async function findConnector(): Promise<{ address: string; token: string } | null> {
  const { CONNECTOR_URL: address, MAPPA_TOKEN: token } = process.env;
  if (address !== undefined) return token === undefined ? null : { address, token };
  const addresses = readRunFile(homeDirectory(process.env))?.addresses;
  if (!addresses) return null;
  return {
    address: addresses.connector,
    token: token ?? (await signIn(addresses.sandbox, 'demo-administrator')),
  };
}

async function readJsonFile(file: string): Promise<unknown> {
  const text = await readFile(resolve(process.env['INIT_CWD'] ?? '.', file), 'utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : 'no JSON'}`, { cause: error });
  }
}
