import type { DatabaseSync } from 'node:sqlite';
import { number, text, textOrNull } from '../store/read-row.ts';
import type { Sql } from '../query/condition-sql.ts';
import type { Incident } from './incident.ts';

export const incidentSchema = `
  create table if not exists incident (
    n integer primary key autoincrement,
    id text not null unique,
    title text,
    activity_id text references activity (id) on delete set null
  ) strict;
  create index if not exists incident_activity on incident (activity_id);`;

/** The rows of the table incident. */
export class IncidentTable {
  constructor(private readonly database: DatabaseSync) {}

  insert({ id, title, activity_id }: Omit<Incident, 'n'>): void {
    this.database
      .prepare('insert into incident (id, title, activity_id) values (?, ?, ?)')
      .run(id, title, activity_id);
  }

  /** @param after number of the last row of the page before */
  page({ text: condition, values }: Sql, after: number, limit: number): Incident[] {
    return this.database
      .prepare(`select * from incident where ${condition} and n > ? order by n limit ?`)
      .all(...values, after, limit)
      .map((row) => ({
        n: number(row, 'n'),
        id: text(row, 'id'),
        title: textOrNull(row, 'title'),
        activity_id: textOrNull(row, 'activity_id'),
      }));
  }

  count({ text: condition, values }: Sql, column: keyof Incident): { value: string | null; count: number }[] {
    return this.database
      .prepare(
        `select ${column} as value, count(*) as count from incident where ${condition} group by ${column}`,
      )
      .all(...values)
      .map((row) => ({ value: textOrNull(row, 'value'), count: number(row, 'count') }));
  }
}
