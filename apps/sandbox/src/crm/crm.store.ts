import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { inOrderOfCodes, type HeldRecord, type Holdings, type JournalLine, type Search } from '../servers.ts';
import { inTransaction } from '../store/in-transaction.ts';
import { journalSchema, readJournal } from '../store/journal.ts';
import { likePattern } from '../store/like-pattern.ts';
import { openDatabase } from '../store/open-database.ts';
import { number, numberOrNull, text, textOrNull, type Row } from '../store/read-row.ts';
import { activityObject, type Activity, type WritableActivity } from './activity.ts';
import { caseSchema, CaseTable } from './case-table.ts';
import { tableOf, type CrmObject } from './crm-object.ts';
import { toSalesforceId } from './salesforce-id.ts';

const schema = `
  create table if not exists activity (
    n integer primary key autoincrement,
    id text not null unique,
    name text not null collate nocase unique,
    title text,
    level real,
    active integer not null,
    valid_to text,
    parent_id text,
    mappa_id text collate nocase unique,
    created_at text not null,
    modified_at text not null
  ) strict;
  create index if not exists activity_parent on activity (parent_id);
  create table if not exists deleted_activity (id text primary key) strict, without rowid;
  ${journalSchema('activity', (row) => `${row}mappa_id`, ['name', 'title', 'level', 'active', 'valid_to', 'parent_id'])}
  ${caseSchema}`;

const columns = 'id, name, title, level, active, valid_to, parent_id, mappa_id, created_at, modified_at';

/** The records of Activity__c and of Case, in `crm.sqlite`. Uniqueness of Name and Mappa_Id__c is in any case, as in Salesforce. */
export class CrmStore implements Holdings {
  readonly server = 'crm';
  readonly cases: CaseTable;
  private readonly database: DatabaseSync;
  private readonly statements: ReturnType<typeof prepare>;
  private last: number;

  constructor(dataDir: string) {
    this.database = openDatabase(dataDir, 'crm', schema);
    this.statements = prepare(this.database);
    this.cases = new CaseTable(this.database);
    this.last = Number(this.statements.lastNumber.get()?.['seq'] ?? 0);
  }

  transaction<T>(work: () => T): T {
    return inTransaction(this.database, work);
  }

  byId(id: string): Activity | undefined {
    return found(this.statements.byId.get(id));
  }
  byName(name: string): Activity | undefined {
    return found(this.statements.byName.get(name));
  }
  byKey(mappaId: string): Activity | undefined {
    return found(this.statements.byKey.get(mappaId));
  }
  isDeleted(id: string): boolean {
    return this.statements.isDeleted.get(id) !== undefined;
  }

  insert(values: WritableActivity, now: string): string {
    const n = ++this.last;
    const id = toSalesforceId(activityObject.keyPrefix, n);
    const { name, title, level, active, valid_to, parent_id, mappa_id } = values;
    this.statements.insert.run(n, id, name, title, level, active, valid_to, parent_id, mappa_id, now, now);
    return id;
  }

  update(id: string, values: WritableActivity, now: string): void {
    const { name, title, level, active, valid_to, parent_id, mappa_id } = values;
    this.statements.update.run(name, title, level, active, valid_to, parent_id, mappa_id, now, id);
  }

  /** Deletes as a user does: lookups to it are cleared, and the id is remembered as deleted. */
  delete(id: string): void {
    this.vanish(id);
    this.statements.remember.run(id);
  }

  /** Rows of any select over `tableOf` an object, as SOQL needs them. */
  select(text: string, values: readonly SQLInputValue[]): Row[] {
    return this.database.prepare(text).all(...values);
  }

  selectById(object: CrmObject, select: string, id: string): Row[] {
    return this.select(`select ${select} from ${tableOf(object)} where a.id = ?`, [id]);
  }

  /** The columns of `select` for each record that is still there, in the order of the numbers. */
  selectByNumber(object: CrmObject, select: string, numbers: readonly number[]): Row[] {
    const statement = this.database.prepare(`select ${select} from ${tableOf(object)} where a.n = ?`);
    return numbers.map((n) => statement.get(n)).filter((row) => row !== undefined);
  }

  count(): number {
    return Number(this.statements.count.get()?.['n'] ?? 0);
  }

  records({ words, limit }: Search = { words: '', limit: -1 }): HeldRecord[] {
    const pattern = likePattern(words);
    const rows = this.statements.held.all(pattern, pattern, limit);
    return inOrderOfCodes(
      rows.map((row) => ({
        id: text(row, 'id'),
        key: textOrNull(row, 'mappa_id'),
        code: text(row, 'name'),
        title: textOrNull(row, 'title'),
        parentCode: textOrNull(row, 'parent_name'),
        parentId: textOrNull(row, 'parent_id'),
        level: numberOrNull(row, 'level'),
        active: number(row, 'active') === 1,
        validTo: textOrNull(row, 'valid_to'),
      })),
    );
  }

  journal(): JournalLine[] {
    return readJournal(this.database);
  }

  lose(code: string): number {
    const lost = this.byName(code);
    if (!lost) return 0;
    this.transaction(() => this.vanish(lost.id));
    return 1;
  }

  private vanish(id: string): void {
    this.cases.clearLookups(id);
    this.statements.clearLookups.run(id);
    this.statements.delete.run(id);
  }

  onApplicationShutdown(): void {
    this.database.close();
  }
}

function found(row: Row | undefined): Activity | undefined {
  if (!row) return undefined;
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    title: textOrNull(row, 'title'),
    level: numberOrNull(row, 'level'),
    active: number(row, 'active'),
    valid_to: textOrNull(row, 'valid_to'),
    parent_id: textOrNull(row, 'parent_id'),
    mappa_id: textOrNull(row, 'mappa_id'),
    created_at: text(row, 'created_at'),
    modified_at: text(row, 'modified_at'),
  };
}

function prepare(database: DatabaseSync) {
  const select = `select ${columns} from activity`;
  return {
    lastNumber: database.prepare(`select seq from sqlite_sequence where name = 'activity'`),
    count: database.prepare('select count(*) as n from activity'),
    byId: database.prepare(`${select} where id = ?`),
    byName: database.prepare(`${select} where name = ?`),
    byKey: database.prepare(`${select} where mappa_id = ?`),
    isDeleted: database.prepare('select 1 from deleted_activity where id = ?'),
    insert: database.prepare(`insert into activity (n, ${columns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    update: database.prepare(
      `update activity set name = ?, title = ?, level = ?, active = ?, valid_to = ?, parent_id = ?, mappa_id = ?, modified_at = ?
       where id = ?`,
    ),
    clearLookups: database.prepare('update activity set parent_id = null where parent_id = ?'),
    delete: database.prepare('delete from activity where id = ?'),
    remember: database.prepare('insert or ignore into deleted_activity (id) values (?)'),
    held: database.prepare(
      `select a.*, p.name as parent_name from activity a left join activity p on p.id = a.parent_id
       where a.name like ? escape '\\' or a.title like ? escape '\\' order by a.name limit ?`,
    ),
  };
}
