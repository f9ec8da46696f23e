import type { DatabaseSync } from 'node:sqlite';
import { inOrderOfCodes, type HeldRecord, type Holdings, type JournalLine, type Search } from '../servers.ts';
import { inTransaction } from '../store/in-transaction.ts';
import { journalSchema, readJournal } from '../store/journal.ts';
import { likePattern } from '../store/like-pattern.ts';
import { openDatabase } from '../store/open-database.ts';
import { number, numberOrNull, text, textOrNull, type Row } from '../store/read-row.ts';
import { incidentSchema, IncidentTable } from './incident-table.ts';
import type { Activity, AlternateKey, WritableActivity } from './activity.ts';

const schema = `
  create table if not exists activity (
    n integer primary key autoincrement,
    id text not null unique,
    key text unique,
    code text unique,
    title text,
    level integer,
    valid_to text,
    statecode integer not null,
    statuscode integer not null,
    parent_id text references activity (id) on delete set null,
    version integer not null default 1
  ) strict;
  create index if not exists activity_parent on activity (parent_id);
  ${journalSchema('activity', (row) => `${row}key`, ['code', 'title', 'level', 'valid_to', 'statecode', 'parent_id'])}
  ${incidentSchema}`;

/** The rows of the tables mappa_activity and incident, in `odata.sqlite`. */
export class ODataStore implements Holdings {
  readonly server = 'odata';
  readonly incidents: IncidentTable;
  private readonly database: DatabaseSync;
  private readonly statements: ReturnType<typeof prepare>;

  constructor(dataDir: string) {
    this.database = openDatabase(dataDir, 'odata', schema);
    this.statements = prepare(this.database);
    this.incidents = new IncidentTable(this.database);
  }

  transaction<T>(work: () => T): T {
    return inTransaction(this.database, work);
  }

  by(column: 'id' | AlternateKey, value: string): Activity | undefined {
    const row = this.statements.by[column].get(value);
    return row && activityOf(row);
  }

  /** @param after number of the last row of the page before */
  page(after: number, limit: number): Activity[] {
    return this.statements.page.all(after, limit).map(activityOf);
  }

  /** Stores a row under its id, new or not. */
  put(row: WritableActivity): void {
    const { id, key, code, title, level, valid_to, statecode, statuscode, parent_id } = row;
    this.statements.put.run(id, key, code, title, level, valid_to, statecode, statuscode, parent_id);
  }

  delete(id: string): void {
    this.statements.delete.run(id);
  }

  count(): number {
    return Number(this.statements.count.get()?.['n'] ?? 0);
  }

  records({ words, limit }: Search = { words: '', limit: -1 }): HeldRecord[] {
    const pattern = likePattern(words);
    return inOrderOfCodes(
      this.statements.held.all(pattern, pattern, limit).map((row) => ({
        id: text(row, 'id'),
        key: textOrNull(row, 'key'),
        code: textOrNull(row, 'code'),
        title: textOrNull(row, 'title'),
        parentCode: textOrNull(row, 'parent_code'),
        parentId: textOrNull(row, 'parent_id'),
        level: numberOrNull(row, 'level'),
        active: number(row, 'statecode') === 0,
        validTo: textOrNull(row, 'valid_to'),
      })),
    );
  }

  journal(): JournalLine[] {
    return readJournal(this.database);
  }

  lose(code: string): number {
    return Number(this.statements.lose.run(code).changes);
  }

  onApplicationShutdown(): void {
    this.database.close();
  }
}

const activityOf = (row: Row): Activity => ({
  n: number(row, 'n'),
  id: text(row, 'id'),
  key: textOrNull(row, 'key'),
  code: textOrNull(row, 'code'),
  title: textOrNull(row, 'title'),
  level: numberOrNull(row, 'level'),
  valid_to: textOrNull(row, 'valid_to'),
  statecode: number(row, 'statecode'),
  statuscode: number(row, 'statuscode'),
  parent_id: textOrNull(row, 'parent_id'),
  version: number(row, 'version'),
});

function prepare(database: DatabaseSync) {
  const select = 'select * from activity';
  return {
    by: {
      id: database.prepare(`${select} where id = ?`),
      key: database.prepare(`${select} where key = ?`),
      code: database.prepare(`${select} where code = ?`),
    },
    page: database.prepare(`${select} where n > ? order by n limit ?`),
    put: database.prepare(
      `insert into activity (id, key, code, title, level, valid_to, statecode, statuscode, parent_id)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (id) do update set key = excluded.key, code = excluded.code, title = excluded.title, level = excluded.level,
         valid_to = excluded.valid_to, statecode = excluded.statecode, statuscode = excluded.statuscode,
         parent_id = excluded.parent_id, version = version + 1`,
    ),
    delete: database.prepare('delete from activity where id = ?'),
    lose: database.prepare('delete from activity where code = ?'),
    count: database.prepare('select count(*) as n from activity'),
    held: database.prepare(
      `select a.*, p.code as parent_code from activity a left join activity p on p.id = a.parent_id
       where a.code like ? escape '\\' or a.title like ? escape '\\' order by a.code limit ?`,
    ),
  };
}
