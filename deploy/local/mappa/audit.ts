import { Client } from 'pg';
import type { AuditVerdict, AuditWitness } from '#platform';
import { inWords, isSentence, say, type Sentence } from '#words';
import { verifyAudit as verifyCatalog } from '../../../apps/catalog/src/audit/verify-audit.ts';
import { verifyAudit as verifyConnector } from '../../../apps/connector/src/audit/verify-audit.ts';
import { homeDirectory } from '../state/home.ts';
import { readRunFile } from '../state/run-file.ts';
import { misused, type Command, type Language } from './command.ts';
import { readOptions } from './read-options.ts';

const logs = { catalog: verifyCatalog, connector: verifyConnector };
type Log = keyof typeof logs;

/** Ends with 0: the chains hold, 1: one is broken, 2: one could not be read. */
export const audit: Command = {
  name: 'audit',
  usage: 'audit verify [catalog | connector] [--head HASH]',
  summary: {
    it: 'Ricalcola le catene dei registri delle operazioni e dice dove si rompono o finiscono troppo presto (DATABASE_URL, o Mappa in esecuzione qui). --head: un hash conservato altrove, che un registro deve contenere.',
    en: 'Computes the chains of the audit logs anew and says where they break or end too early (DATABASE_URL, or the Mappa that runs here). --head: a hash that was kept elsewhere, which the log must have.',
  },
  async run(args, language) {
    const asked = readArguments(args);
    if (isSentence(asked)) return misused(audit, asked, language);
    const address = process.env['DATABASE_URL'];
    const addresses = address === undefined ? readRunFile(homeDirectory(process.env))?.databases : undefined;
    if ((address ?? addresses) === undefined)
      return misused(audit, say`Mappa does not run here; say where its database is: DATABASE_URL.`, language);
    let worst = 0;
    for (const log of asked.chosen)
      worst = Math.max(worst, await verify(log, address ?? addresses?.[log] ?? '', asked.kept, language));
    return worst;
  },
};

/** @returns what is wrong with them; a head is of one log, which must be named */
function readArguments(args: string[]): { chosen: Log[]; kept: AuditWitness[] } | Sentence {
  const read = readOptions(args, { head: { type: 'string' } });
  if (isSentence(read)) return read;
  const { positionals, values } = read;
  const [action, only, ...more] = positionals;
  const chosen = (['catalog', 'connector'] as const).filter((log) => only === undefined || only === log);
  if (action === undefined) return say`Say what is to be done: audit verify.`;
  if (action !== 'verify') return say`"audit ${action}" does not exist, "audit verify" does.`;
  if (chosen.length === 0 || more.length > 0)
    return say`There is no log ${[only, ...more].join(' ')}; there is: catalog, connector. Left out, both are verified.`;
  const { head } = values;
  if (head === undefined) return { chosen, kept: [] };
  if (!/^[0-9a-f]{64}$/i.test(head))
    return say`--head: ${head} is not a hash; it has 64 digits and letters from a to f.`;
  if (chosen.length > 1)
    return say`--head is of one log; say which: audit verify catalog, or audit verify connector.`;
  return { chosen, kept: [{ hash: head.toLowerCase(), who: say`--head` }] };
}

async function verify(
  log: Log,
  connectionString: string,
  kept: readonly AuditWitness[],
  language: Language,
): Promise<number> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    const verdict = await logs[log](
      async (text, values) => (await client.query(text, [...values])).rows,
      kept,
    );
    console.log(`${log}: ${words(verdict)[language]}`);
    return verdict.holds ? 0 : 1;
  } catch (error) {
    const problem = say`The log cannot be read. The system says: "${error instanceof Error ? error.message : String(error)}"`;
    console.error(`${log}: ${inWords(problem, language)}`);
    return 2;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const words = (verdict: AuditVerdict): Record<Language, string> =>
  verdict.holds
    ? {
        it: `La catena regge: ${verdict.entries} operazioni, ultimo hash ${verdict.head ?? 'nessuno'}.`,
        en: `The chain holds: ${verdict.entries} entries, head ${verdict.head ?? 'none'}.`,
      }
    : {
        it: `La catena si rompe all'operazione ${verdict.position}: ${inWords(verdict.reason, 'it')}.`,
        en: `The chain breaks at entry ${verdict.position}: ${inWords(verdict.reason, 'en')}.`,
      };
