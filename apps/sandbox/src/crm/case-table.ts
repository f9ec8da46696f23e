import type { DatabaseSync } from 'node:sqlite';
import { text, textOrNull } from '../store/read-row.ts';
import { caseObject, type Case, type WritableCase } from './case.ts';
import { toSalesforceId } from './salesforce-id.ts';

export const caseSchema = `
  create table if not exists crm_case (
    n integer primary key autoincrement,
    id text not null unique,
    case_number text not null unique,
    subject text,
    status text not null,
    activity_id text,
    created_at text not null,
    modified_at text not null
  ) strict;
  create index if not exists crm_case_activity on crm_case (activity_id);`;

/** The records of Case. */
export class CaseTable {
  private readonly statements: ReturnType<typeof prepare>;
  private last: number;

  constructor(database: DatabaseSync) {
    this.statements = prepare(database);
    this.last = Number(this.statements.lastNumber.get()?.['seq'] ?? 0);
  }

  byId(id: string): Case | undefined {
    const row = this.statements.byId.get(id);
    return (
      row && {
        id: text(row, 'id'),
        subject: textOrNull(row, 'subject'),
        status: text(row, 'status'),
        activity_id: textOrNull(row, 'activity_id'),
      }
    );
  }

  insert({ subject, status, activity_id }: WritableCase, now: string): string {
    const n = ++this.last;
    const id = toSalesforceId(caseObject.keyPrefix, n);
    const caseNumber = String(1000 + n).padStart(8, '0');
    this.statements.insert.run(n, id, caseNumber, subject, status, activity_id, now, now);
    return id;
  }

  update(id: string, { subject, status, activity_id }: WritableCase, now: string): void {
    this.statements.update.run(subject, status, activity_id, now, id);
  }

  /** A process was deleted: its cases stay, and are tagged with nothing. */
  clearLookups(activityId: string): void {
    this.statements.clearLookups.run(activityId);
  }
}

function prepare(database: DatabaseSync) {
  return {
    lastNumber: database.prepare(`select seq from sqlite_sequence where name = 'crm_case'`),
    byId: database.prepare('select id, subject, status, activity_id from crm_case where id = ?'),
    insert: database.prepare(
      `insert into crm_case (n, id, case_number, subject, status, activity_id, created_at, modified_at)
       values (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    update: database.prepare(
      'update crm_case set subject = ?, status = ?, activity_id = ?, modified_at = ? where id = ?',
    ),
    clearLookups: database.prepare('update crm_case set activity_id = null where activity_id = ?'),
  };
}
