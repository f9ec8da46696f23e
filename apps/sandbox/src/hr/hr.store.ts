import { randomUUID } from 'node:crypto';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import {
  dayInRome,
  inOrderOfCodes,
  type HeldRecord,
  type Holdings,
  type JournalLine,
  type Search,
} from '../servers.ts';
import { inTransaction } from '../store/in-transaction.ts';
import { journalSchema, readJournal } from '../store/journal.ts';
import { likePattern } from '../store/like-pattern.ts';
import { openDatabase } from '../store/open-database.ts';
import { number, numberOrNull, text, textOrNull, type Row } from '../store/read-row.ts';
import type { ActivityCode, Attributes } from './activity-code.ts';

const schema = `
  create table if not exists code (
    n integer primary key,
    id text not null unique,
    external_id text,
    code text not null unique,
    title text,
    active integer,
    level integer,
    valid_to text,
    parent_id text,
    parent_ref text,
    version integer not null,
    created_at text not null,
    modified_at text not null
  ) strict;
  create index if not exists code_external on code (external_id);
  ${journalSchema('code', (row) => `${row}external_id`, ['code', 'title', 'active', 'level', 'valid_to', 'parent_id'])}`;

/** The codes of the HR system, in `scim.sqlite`. `code` is unique; externalId is not, and parents are not checked. */
export class HrStore implements Holdings {
  readonly server = 'scim';
  private readonly database: DatabaseSync;
  private readonly statements: ReturnType<typeof prepare>;

  constructor(dataDir: string) {
    this.database = openDatabase(dataDir, 'scim', schema);
    this.statements = prepare(this.database);
  }

  transaction<T>(work: () => T): T {
    return inTransaction(this.database, work);
  }

  byId(id: string): ActivityCode | undefined {
    return found(this.statements.byId.get(id));
  }
  byCode(code: string): ActivityCode | undefined {
    return found(this.statements.byCode.get(code));
  }

  insert(values: Attributes, now: string, id: string = randomUUID()): string {
    this.statements.insert.run(...written(values), 1, now, now, id);
    return id;
  }
  update(id: string, values: Attributes, version: number, now: string): void {
    this.statements.update.run(...written(values), version, now, id);
  }
  delete(id: string): void {
    this.statements.delete.run(id);
  }

  /** Resources that a condition over `code` finds, in the order in which they were made. */
  select(where: string, values: readonly SQLInputValue[], limit: number, offset: number): ActivityCode[] {
    const rows = this.database.prepare(`select * from code where ${where} order by n limit ? offset ?`);
    return rows.all(...values, limit, offset).map(codeOf);
  }
  countWhere(where: string, values: readonly SQLInputValue[]): number {
    return Number(
      this.database.prepare(`select count(*) as n from code where ${where}`).get(...values)?.['n'] ?? 0,
    );
  }

  count(): number {
    return this.countWhere('true', []);
  }

  records({ words, limit }: Search = { words: '', limit: -1 }): HeldRecord[] {
    const pattern = likePattern(words);
    const rows = this.statements.held.all(pattern, pattern, limit);
    return inOrderOfCodes(rows.map((row) => heldRecord(codeOf(row), textOrNull(row, 'parent_code'))));
  }

  journal(): JournalLine[] {
    return readJournal(this.database);
  }

  lose(code: string): number {
    const lost = this.byCode(code);
    if (lost) this.delete(lost.id);
    return lost ? 1 : 0;
  }

  onApplicationShutdown(): void {
    this.database.close();
  }
}

function heldRecord(found: ActivityCode, parentCode: string | null): HeldRecord {
  const { id, externalId, code, title, level, active, validTo, parentId } = found;
  return {
    id,
    key: externalId,
    code,
    title,
    parentCode,
    parentId,
    level,
    active,
    validTo: validTo && dayInRome(validTo),
  };
}

function written(values: Attributes): SQLInputValue[] {
  const { externalId, code, title, active, level, validTo, parentId, parentRef } = values;
  return [
    externalId,
    code,
    title,
    active === null ? null : Number(active),
    level,
    validTo,
    parentId,
    parentRef,
  ];
}

const found = (row: Row | undefined): ActivityCode | undefined => (row ? codeOf(row) : undefined);

function codeOf(row: Row): ActivityCode {
  const active = numberOrNull(row, 'active');
  return {
    id: text(row, 'id'),
    externalId: textOrNull(row, 'external_id'),
    code: text(row, 'code'),
    title: textOrNull(row, 'title'),
    active: active === null ? null : active === 1,
    level: numberOrNull(row, 'level'),
    validTo: textOrNull(row, 'valid_to'),
    parentId: textOrNull(row, 'parent_id'),
    parentRef: textOrNull(row, 'parent_ref'),
    version: number(row, 'version'),
    createdAt: text(row, 'created_at'),
    modifiedAt: text(row, 'modified_at'),
  };
}

function prepare(database: DatabaseSync) {
  const attributes = 'external_id, code, title, active, level, valid_to, parent_id, parent_ref';
  const assignments = attributes.split(', ').map((column) => `${column} = ?`);
  return {
    byId: database.prepare('select * from code where id = ?'),
    byCode: database.prepare('select * from code where code = ?'),
    insert: database.prepare(
      `insert into code (${attributes}, version, created_at, modified_at, id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    update: database.prepare(
      `update code set ${assignments.join(', ')}, version = ?, modified_at = ? where id = ?`,
    ),
    delete: database.prepare('delete from code where id = ?'),
    held: database.prepare(
      `select c.*, p.code as parent_code from code c left join code p on p.id = c.parent_id
       where c.code like ? escape '\\' or c.title like ? escape '\\' order by c.code limit ?`,
    ),
  };
}
