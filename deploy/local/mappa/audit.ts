import { Client } from 'pg';
import { nextEntries, verifyChain, type AuditRow } from '../../../apps/catalog/src/audit/verify-chain.ts';
import { homeDirectory } from '../state/home.ts';
import { readRunFile } from '../state/run-file.ts';
import type { Command } from './command.ts';

/** Ends with 0: the chain holds, 1: it is broken, 2: it could not be read. */
export const audit: Command = {
  name: 'audit',
  usage: 'audit verify',
  summary: {
    it: 'Ricalcola la catena del registro delle operazioni e dice dove si rompe (DATABASE_URL, o Mappa in esecuzione qui).',
    en: 'Computes the chain of the audit log anew and says where it breaks (DATABASE_URL, or the Mappa that runs here).',
  },
  async run([action], language) {
    const url = process.env['DATABASE_URL'] ?? readRunFile(homeDirectory(process.env))?.databases.catalog;
    if (action !== 'verify' || url === undefined) {
      console.error(`npm run mappa -- ${audit.usage}\n${audit.summary[language]}`);
      return 2;
    }
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    try {
      await client.connect();
      const verdict = await verifyChain(
        async (after) => (await client.query<AuditRow>(nextEntries, [after])).rows,
      );
      const words = {
        it: verdict.holds
          ? `La catena regge: ${verdict.entries} operazioni, ultimo hash ${verdict.head ?? 'nessuno'}.`
          : `La catena si rompe all'operazione ${verdict.position}: ${verdict.reason}.`,
        en: verdict.holds
          ? `The chain holds: ${verdict.entries} entries, head ${verdict.head ?? 'none'}.`
          : `The chain breaks at entry ${verdict.position}: ${verdict.reason}.`,
      };
      console.log(words[language]);
      return verdict.holds ? 0 : 1;
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      return 2;
    } finally {
      await client.end().catch(() => undefined);
    }
  },
};
