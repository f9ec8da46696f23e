import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import canonicalize from 'canonicalize';
import type { Client } from 'pg';
import type { BenchEntry } from './map.ts';

export interface TargetsToWrite {
  readonly count: number;
  readonly systems: number;
  /** Address of all systems. */
  readonly address: string;
  readonly driver: 'crm-sobject' | 'cmis';
  readonly settings: Readonly<Record<string, unknown>>;
  /** Where in its system a target is. */
  readonly place: (target: number) => Readonly<Record<string, unknown>>;
}

/** `count` targets over so many systems, each at a place of its own, in a targets file. */
export function writeTargets(
  file: string,
  { count, systems, address, driver, settings, place }: TargetsToWrite,
): void {
  const content = {
    organisations: [{ id: 'o', name: 'Ente' }],
    systems: Array.from({ length: systems }, (_, i) => ({
      id: `s${i}`,
      address,
      user: 'u',
      secret: 'env:TARGET_BENCH',
    })),
    profiles: [{ id: 'profile', kind: driver === 'cmis' ? 'records' : 'crm', driver, settings }],
    targets: Array.from({ length: count }, (_, i) => ({
      id: `t${i}`,
      organisation: 'o',
      system: `s${i % systems}`,
      profile: 'profile',
      scheme: 'bench',
      settings: place(i),
      mode: 'on',
    })),
  };
  writeFileSync(file, JSON.stringify(content));
}

/** Every listed target holds the first revision already. */
export async function seedLinks(db: Client, entries: readonly BenchEntry[]): Promise<void> {
  const rows = entries.map((entry) => ({ ...entry, hash: hashOf(entry) }));
  for (let from = 0; ; from += 500) {
    const { rowCount } = await db.query(
      `insert into link (target_id, concept_id, generation, external_id, state, code, parent_id, hash)
       select t.id, e.id, 1, e.id, 'current', e.code, e.parent, e.hash
       from (select id from target where listed order by id limit 500 offset $2) t,
         jsonb_to_recordset($1) as e(id uuid, code text, parent uuid, hash text)`,
      [JSON.stringify(rows), from],
    );
    if (!rowCount) break;
  }
  await db.query('update target set applied_revision = 1, in_step = true where listed');
  await putReadings(db);
  await db.query('vacuum analyze');
}

/** As if each target had been read back at some time of the day before, so that no reading of all of them begins now. */
export async function putReadings(db: Client): Promise<void> {
  await db.query(
    `insert into drift_check (target_id, due_at) select id, now() + random() * interval '1 day' from target
     on conflict do nothing`,
  );
}

/** As `renderedHash` of the connector. */
function hashOf({ code, parent, level }: BenchEntry): string {
  const content = { code, title: `Titolo di ${code}`, level, parentId: parent, active: true, validTo: null };
  return createHash('sha256')
    .update(canonicalize(content) ?? '')
    .digest('hex');
}

export async function forgetTargets(db: Client): Promise<void> {
  await db.query('truncate stuck, link, target, profile, system, organisation, start_file cascade');
}
