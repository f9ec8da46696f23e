import type { DatabaseSync } from 'node:sqlite';
import type { JournalLine } from '../servers.ts';
import { number, text, textOrNull } from './read-row.ts';

/** Lines that are kept. */
const most = 100_000;

/** SQL of a table and its triggers, by which a store itself writes down what becomes of the rows of `table`, which have an `id`. */
export function journalSchema(
  table: string,
  key: (row: 'new.') => string,
  compared: readonly string[],
): string {
  const row = (which: string): string => `(${compared.map((column) => `${which}.${column}`).join(', ')})`;
  const note = (what: string): string => `
    insert into written (at, record, key, what)
      values (cast(unixepoch('subsec') * 1000 as integer), cast(new.id as text), ${key('new.')}, ${what});
    delete from written where n <= (select max(n) from written) - ${most};`;
  return `
    -- Of before, without the record.
    drop trigger if exists journal_created;
    drop trigger if exists journal_updated;
    drop table if exists journal;
    create table if not exists written (
      n integer primary key autoincrement,
      at integer not null,
      record text not null,
      key text,
      what text not null
    ) strict;
    create trigger if not exists written_created after insert on ${table} begin ${note(`'created'`)} end;
    create trigger if not exists written_updated after update on ${table} begin
      ${note(`case when ${row('old')} is ${row('new')} then 'repeated' else 'changed' end`)} end;`;
}

/** What was written, in order. */
export function readJournal(database: DatabaseSync): JournalLine[] {
  return database
    .prepare('select at, record, key, what from written order by n')
    .all()
    .map((row) => ({
      at: number(row, 'at'),
      record: text(row, 'record'),
      key: textOrNull(row, 'key'),
      what: whatOf(text(row, 'what')),
    }));
}

function whatOf(what: string): JournalLine['what'] {
  if (what === 'created' || what === 'changed' || what === 'repeated') return what;
  throw new TypeError(`the journal says ${what}`);
}
