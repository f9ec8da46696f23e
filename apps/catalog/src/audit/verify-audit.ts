import {
  verifyChain,
  type AskAuditDatabase,
  type AuditRow,
  type AuditVerdict,
  type AuditWitness,
} from '#platform/audit';
import { say, type Sentence } from '#words';
import { z } from 'zod';
import { auditBody } from './audit-entry.ts';

const entrySchema = z.strictObject({
  position: z.int(),
  at: z.string(),
  actor: z.uuid(),
  action: z.string(),
  subject: z.string(),
  details: z.record(z.string(), z.unknown()),
});

/** Some entries after `$1`. */
const nextEntries = `select position::int as position, body, encode(hash, 'hex') as hash
  from catalog.audit where position > $1 order by position limit 5000`;

/** What each revision, as it was published, says of the audit log. */
const publishedHeads = `select scheme_id as scheme, revision, head::jsonb ->> 'auditHead' as hash
  from catalog.change_log where kind in ('in-force', 'history-added') and head::jsonb ? 'auditHead' order by position`;

/**
 * Reads the whole audit log of a catalog, computes its chain anew, and looks on the way for every head that a
 * publication wrote into the change log.
 * @param kept a head of the log that was kept elsewhere
 */
export async function verifyAudit(
  ask: AskAuditDatabase,
  kept: readonly AuditWitness[] = [],
): Promise<AuditVerdict> {
  const published = await ask<{ scheme: string; revision: number; hash: string }>(publishedHeads, []);
  const heads = published.map(({ scheme, revision, hash }) => ({
    hash,
    who: say`revision ${revision} of ${scheme}`,
  }));
  return verifyChain((after) => ask<AuditRow>(nextEntries, [after]), {
    witnesses: [...heads, ...kept],
    isNoEntry,
  });
}

function isNoEntry({ position, body }: AuditRow): Sentence | null {
  const entry = readEntry(body);
  if (!entry) return say`it is no entry of the audit log`;
  if (entry.position !== position) return say`it says that it is entry ${entry.position}`;
  if (auditBody(entry) !== body) return say`it is not canonical JSON`;
  return null;
}

function readEntry(body: string): z.output<typeof entrySchema> | null {
  try {
    return entrySchema.parse(JSON.parse(body));
  } catch {
    return null;
  }
}
