import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { inWords, isSentence, say, type Sentence } from '#words';
import { signIn } from '../demo/sign-in.ts';
import { homeDirectory } from '../state/home.ts';
import { readRunFile } from '../state/run-file.ts';
import { misused, type Command, type Language } from './command.ts';
import { isFields } from '../../../apps/connector/src/registry/read-partly.ts';
import { table } from '../progress/table.ts';
import { readOptions } from './read-options.ts';
import { readTargetsFile, readUnlistedTargets, type Connector } from './read-registry-of.ts';
import { sendTargetsFile, type Sending } from './send-targets-file.ts';
import { showChanges, showProblems } from './show-targets-file.ts';
import { unreadable } from './unreadable.ts';

/** Ends with 0: planned or applied, 1: the file cannot be used and nothing is changed, 2: nobody could, or would, look at it. */
export const targets: Command = {
  name: 'targets',
  usage: 'targets plan|apply FILE [--same-records] [--unlist N] [--json] | targets export | targets unlisted',
  summary: {
    it: 'Mostra che cosa un file di sistemi collegati cambierebbe, o lo applica; scrive il file che ora vale, o quelli che il file non nomina più (CONNECTOR_URL e MAPPA_TOKEN, o Mappa in esecuzione qui).',
    en: 'Shows what a file of targets would change, or applies it; writes the file that holds now, or the targets that it names no more (CONNECTOR_URL and MAPPA_TOKEN, or the Mappa that runs here).',
  },
  async run(args, language) {
    const asked = parse(args);
    if (isSentence(asked)) return misused(targets, asked, language);
    if ('shows' in asked) return tell(asked.shows, language);
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

/** `export`: the file that holds now, to standard output; `unlisted`: a line for each target that it does not name. */
async function tell(what: 'export' | 'unlisted', language: Language): Promise<0 | 2> {
  const connector = await findConnector();
  if (isSentence(connector)) return told(connector, language, 2);
  const found =
    what === 'export'
      ? await readTargetsFile(connector, language)
      : await readUnlistedTargets(connector, language);
  if (isSentence(found)) return told(found, language, 2);
  if ('organisations' in found) console.log(JSON.stringify(found, null, 2));
  else {
    const head = {
      it: ['identificativo', 'ente', 'sistema', 'mappa', 'registrazioni'],
      en: ['id', 'organisation', 'system', 'map', 'records'],
    };
    const rows = found.targets.map(({ id, organisation, system, scheme, items }) => [
      id,
      organisation,
      system,
      scheme,
      String(items),
    ]);
    console.log(table([head[language], ...rows]).join('\n'));
  }
  return 0;
}

function told<const Code extends 1 | 2>(problem: Sentence, language: Language, exitCode: Code): Code {
  console.error(inWords(problem, language));
  return exitCode;
}

interface Asked extends Sending {
  readonly file: string;
  readonly isJson: boolean;
}

function parse(args: string[]): Asked | { readonly shows: 'export' | 'unlisted' } | Sentence {
  const read = readOptions(args, {
    json: { type: 'boolean', default: false },
    'same-records': { type: 'boolean', default: false },
    unlist: { type: 'string', default: '0' },
  });
  if (isSentence(read)) return read;
  const { values, positionals } = read;
  const [action, file, ...more] = positionals;
  if ((action === 'export' || action === 'unlisted') && file === undefined) return { shows: action };
  if (action === 'export' || action === 'unlisted')
    return say`targets ${action} takes no file; it writes to the screen.`;
  if (action !== 'plan' && action !== 'apply')
    return say`Say what is to be done: targets plan, apply, export or unlisted.`;
  if (file === undefined) return say`Say which file of targets is meant.`;
  if (more.length > 0)
    return say`One file of targets is taken at a time; these are ${positionals.length - 1}.`;
  if (!/^\d{1,6}$/.test(values.unlist)) return say`--unlist: ${values.unlist} is not a number of targets.`;
  const sameRecords = values['same-records'];
  return { action, file, sameRecords, unlist: Number(values.unlist), isJson: values.json };
}

/** A connector elsewhere needs a token of an administrator; for the one that runs here, the sandbox gives one. */
async function findConnector(): Promise<Connector | Sentence> {
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
