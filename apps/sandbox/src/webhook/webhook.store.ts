import type { DatabaseSync } from 'node:sqlite';
import { inOrderOfCodes, type HeldRecord, type Holdings, type JournalLine, type Search } from '../servers.ts';
import { inTransaction } from '../store/in-transaction.ts';
import { journalSchema, readJournal } from '../store/journal.ts';
import { likePattern } from '../store/like-pattern.ts';
import { openDatabase } from '../store/open-database.ts';
import { number, text, textOrNull } from '../store/read-row.ts';
import type { RecordMessage } from './webhook.server.ts';

const schema = `
  create table if not exists record (
    id text primary key,
    code text not null,
    title text not null,
    parent_id text,
    level integer not null,
    active integer not null,
    valid_to text
  ) strict;
  create table if not exists message (id text primary key) strict, without rowid;
  ${journalSchema('record', (row) => `${row}id`, ['code', 'title', 'parent_id', 'level', 'active', 'valid_to'])}`;

/** What the receiver was told, by our key, and the ids of the messages that it has had; in `webhook.sqlite`. */
export class WebhookStore implements Holdings {
  readonly server = 'webhook';
  private readonly database: DatabaseSync;
  private readonly statements: ReturnType<typeof prepare>;

  constructor(dataDir: string) {
    this.database = openDatabase(dataDir, 'webhook', schema);
    this.statements = prepare(this.database);
  }

  /** Stores what a message says, once. */
  take(messageId: string, { id, code, title, parent, level, active, validTo }: RecordMessage): void {
    inTransaction(this.database, () => {
      const isNew = this.statements.remember.run(messageId).changes === 1;
      if (isNew) this.statements.put.run(id, code, title, parent, level, Number(active), validTo);
    });
  }

  count(): number {
    return Number(this.statements.count.get()?.['n'] ?? 0);
  }

  records({ words, limit }: Search = { words: '', limit: -1 }): HeldRecord[] {
    const pattern = likePattern(words);
    return inOrderOfCodes(
      this.statements.held.all(pattern, pattern, limit).map((row) => ({
        id: text(row, 'id'),
        key: text(row, 'id'),
        code: text(row, 'code'),
        title: text(row, 'title'),
        parentCode: textOrNull(row, 'parent_code'),
        parentId: textOrNull(row, 'parent_id'),
        level: number(row, 'level'),
        active: number(row, 'active') === 1,
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

function prepare(database: DatabaseSync) {
  return {
    remember: database.prepare('insert into message (id) values (?) on conflict do nothing'),
    put: database.prepare(
      `insert into record (id, code, title, parent_id, level, active, valid_to) values (?, ?, ?, ?, ?, ?, ?)
       on conflict (id) do update set code = excluded.code, title = excluded.title, parent_id = excluded.parent_id,
         level = excluded.level, active = excluded.active, valid_to = excluded.valid_to`,
    ),
    count: database.prepare('select count(*) as n from record'),
    lose: database.prepare('delete from record where code = ?'),
    held: database.prepare(
      `select r.*, p.code as parent_code from record r left join record p on p.id = r.parent_id
       where r.code like ? escape '\\' or r.title like ? escape '\\' order by r.code limit ?`,
    ),
  };
}
