import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { inWords, isSentence, say, type Sentence } from '#words';
import { signIn } from '../demo/sign-in.ts';
import { homeDirectory } from '../state/home.ts';
import { readRunFile } from '../state/run-file.ts';
import type { Command, Language } from './command.ts';
import { isFields } from '../../../apps/connector/src/registry/read-partly.ts';
import { readOptions } from './read-options.ts';
import { sendTargetsFile, type Sending } from './send-targets-file.ts';
import { showChanges, showProblems } from './show-targets-file.ts';
import { unreadable } from './unreadable.ts';

/** Ends with 0: planned or applied, 1: the file cannot be used and nothing is changed, 2: nobody could, or would, look at it. */
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
    const file = await readJsonFile(asked.file);
    if (isSentence(file)) return told(file, language, 1);
    const connector = await findConnector();
    if (isSentence(connector)) return told(connector, language, 2);
    const answer = await sendTargetsFile(connector, file, asked, language);
    if (isSentence(answer)) return told(answer, language, 2);
    if (asked.isJson) console.log(JSON.stringify(answer));
    else {
      const lines = 'problems' in answer ? showProblems(answer, language) : showChanges(answer, language);
      console.log(lines.join('\n'));
    }
    return 'problems' in answer ? 1 : 0;
  },
};

function told(problem: Sentence, language: Language, exitCode: 1 | 2): 1 | 2 {
  console.error(inWords(problem, language));
  return exitCode;
}

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
async function findConnector(): Promise<{ address: string; token: string } | Sentence> {
  const { CONNECTOR_URL: address, MAPPA_TOKEN: token } = process.env;
  if (address !== undefined)
    return token === undefined
      ? say`MAPPA_TOKEN is not set: the connector at ${address} wants the access token of an administrator.`
      : { address, token };
  const addresses = readRunFile(homeDirectory(process.env))?.addresses;
  if (!addresses)
    return say`Mappa does not run here; say where its connector is, and who asks: CONNECTOR_URL and MAPPA_TOKEN.`;
  try {
    return {
      address: addresses.connector,
      token: token ?? (await signIn(addresses.sandbox, 'demo-administrator')),
    };
  } catch {
    return say`The sandbox at ${addresses.sandbox}, which signs in here, does not answer. Is Mappa still up?`;
  }
}

/** @returns or why it is no file of targets */
async function readJsonFile(file: string): Promise<object | Sentence> {
  try {
    const text = await readFile(resolve(process.env['INIT_CWD'] ?? '.', file), 'utf8');
    if (text.trim() === '') return say`${file} is empty.`;
    const read: unknown = JSON.parse(text);
    return isFields(read)
      ? read
      : say`${file} is no targets file: an object with organisations, systems, profiles and targets is expected.`;
  } catch (error) {
    return unreadable(error, file);
  }
}
