import { createHash } from 'node:crypto';
import type { Client } from 'pg';

const scheme = 'bench';

export interface BenchEntry {
  readonly id: string;
  readonly code: string;
  readonly parent: string | null;
  readonly level: number;
}

/** 449 entries with codes, in the shape of the official map: 11, then 33, 99 and the rest. */
export function benchMap(): BenchEntry[] {
  const entries: BenchEntry[] = [];
  const add = (code: string): void => {
    const parent = code.includes('.') ? code.slice(0, code.lastIndexOf('.')) : null;
    entries.push({
      id: idOf(code),
      code,
      parent: parent === null ? null : idOf(parent),
      level: code.split('.').length + 1,
    });
  };
  for (const macro of ['A1', 'A2', 'B1', 'B2', 'C1', 'C2', 'D1', 'D2', 'E1', 'F1', 'Z1']) {
    add(macro);
    for (let p = 1; p <= 3; p++) {
      add(`${macro}.${p}`);
      for (let s = 1; s <= 3; s++) {
        add(`${macro}.${p}.${s}`);
        for (let a = 1; a <= 3 && entries.length < 449; a++) add(`${macro}.${p}.${s}.${a}`);
      }
    }
  }
  for (let more = 4; entries.length < 449; more++) add(`A1.1.1.${more}`);
  return entries;
}

function idOf(code: string): string {
  const hex = createHash('md5').update(code).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** The replica holds the first revision. */
export async function putFirstRevision(db: Client, entries: readonly BenchEntry[]): Promise<void> {
  await addRevision(db, 1);
  await db.query(
    `insert into entry (scheme, concept_id, from_revision, code, parent_id, rank, level, titles, notes, attributes, content_hash)
     select '${scheme}', e.id, 1, e.code, e.parent, 1, e.level,
       jsonb_build_object('it', jsonb_build_object('official', 'Titolo di ' || e.code)), '{}', '{}', md5(e.code)
     from jsonb_to_recordset($1) as e(id uuid, code text, parent uuid, level int)`,
    [JSON.stringify(entries)],
  );
}

/** A further revision in which one entry has another title. */
export async function retitleOne(db: Client, revision: number, code: string): Promise<void> {
  await db.query('begin');
  await addRevision(db, revision);
  await db.query(`update entry set to_revision = $1::int where code = $2 and to_revision is null`, [
    revision,
    code,
  ]);
  await db.query(
    `insert into entry (scheme, concept_id, from_revision, code, parent_id, rank, level, titles, notes, attributes, content_hash)
     select scheme, concept_id, $1::int, code, parent_id, rank, level,
       jsonb_build_object('it', jsonb_build_object('official', 'Titolo ' || $1::int || ' di ' || code)), notes, attributes, md5($1::int::text)
     from entry where code = $2 and to_revision = $1::int`,
    [revision, code],
  );
  await db.query(`select pg_notify('mappa_connector_wake', '')`);
  await db.query('commit');
}

async function addRevision(db: Client, number: number): Promise<void> {
  await db.query(
    `insert into revision (scheme, number, edition, effective_date, changes, content_hash, published_at, applied_at)
     values ('${scheme}', $1, 'bench', '2024-01-01', 1, $2, now(), now())`,
    [number, `${number}`],
  );
}
