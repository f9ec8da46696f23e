import { Client } from 'pg';
import type { AuditRow, AuditVerdict } from '#platform';
import { verifyAudit as verifyCatalog } from '../../../apps/catalog/src/audit/verify-audit.ts';
import { verifyAudit as verifyConnector } from '../../../apps/connector/src/audit/verify-audit.ts';
import { homeDirectory } from '../state/home.ts';
import { readRunFile } from '../state/run-file.ts';
import type { Command, Language } from './command.ts';

const logs = { catalog: verifyCatalog, connector: verifyConnector };
type Log = keyof typeof logs;

/** Ends with 0: the chains hold, 1: one is broken, 2: one could not be read. */
export const audit: Command = {
  name: 'audit',
  usage: 'audit verify [catalog | connector]',
  summary: {
    it: 'Ricalcola le catene dei registri delle operazioni e dice dove si rompono (DATABASE_URL, o Mappa in esecuzione qui).',
    en: 'Computes the chains of the audit logs anew and says where they break (DATABASE_URL, or the Mappa that runs here).',
  },
  async run([action, only], language) {
    const address = process.env['DATABASE_URL'];
    const addresses = address === undefined ? readRunFile(homeDirectory(process.env))?.databases : undefined;
    const chosen = (['catalog', 'connector'] as const).filter((log) => only === undefined || only === log);
    if (action !== 'verify' || (address ?? addresses) === undefined || chosen.length === 0) {
      console.error(`npm run mappa -- ${audit.usage}\n${audit.summary[language]}`);
      return 2;
    }
    let worst = 0;
    for (const log of chosen)
      worst = Math.max(worst, await verify(log, address ?? addresses?.[log] ?? '', language));
    return worst;
  },
};

async function verify(log: Log, connectionString: string, language: Language): Promise<number> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    const verdict = await logs[log](
      async (text, values) => (await client.query<AuditRow>(text, [...values])).rows,
    );
    console.log(`${log}: ${words(verdict)[language]}`);
    return verdict.holds ? 0 : 1;
  } catch (error) {
    console.error(`${log}: ${error instanceof Error ? error.message : String(error)}`);
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
        it: `La catena si rompe all'operazione ${verdict.position}: ${verdict.reason}.`,
        en: `The chain breaks at entry ${verdict.position}: ${verdict.reason}.`,
      };
