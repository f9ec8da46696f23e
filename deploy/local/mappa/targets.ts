import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { signIn } from '../demo/sign-in.ts';
import { homeDirectory } from '../state/home.ts';
import { readRunFile } from '../state/run-file.ts';
import type { Command } from './command.ts';
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
    const connector = await findConnector();
    if (!asked || !connector) {
      console.error(`npm run mappa -- ${targets.usage}\n${targets.summary[language]}`);
      return 2;
    }
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

interface Asked extends Sending {
  readonly file: string;
  readonly isJson: boolean;
}

function parse(args: string[]): Asked | null {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: {
        json: { type: 'boolean', default: false },
        'same-records': { type: 'boolean', default: false },
        unlist: { type: 'string', default: '0' },
      },
      allowPositionals: true,
    });
    const [action, file, ...more] = positionals;
    if ((action !== 'plan' && action !== 'apply') || file === undefined || more.length > 0) return null;
    if (!/^\d{1,6}$/.test(values.unlist)) return null;
    const sameRecords = values['same-records'];
    return { action, file, sameRecords, unlist: Number(values.unlist), isJson: values.json };
  } catch {
    return null;
  }
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
