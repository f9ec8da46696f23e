import { randomBytes } from 'node:crypto';
import type { CrmObject } from './crm-object.ts';
import type { CrmStore } from './crm.store.ts';
import { groupRows } from './group-rows.ts';
import { renderObject, selectFields } from './render-object.ts';
import { SalesforceError } from './salesforce-error.ts';
import type { SoqlQuery } from './soql.ts';
import { soqlSql } from './soql-sql.ts';

interface Cursor {
  readonly object: CrmObject;
  readonly fields: readonly string[];
  /** What the query found when it was asked; later changes do not move pages. */
  readonly numbers: readonly number[];
  readonly pageSize: number;
}

export interface QueryResult {
  readonly totalSize: number;
  readonly done: boolean;
  readonly nextRecordsUrl?: string;
  readonly records: readonly unknown[];
}

const mostCursors = 1_000;

/** Runs queries and keeps the place of those who have not read to the end. Cursors do not outlive the process. */
export class QueryRunner {
  private readonly cursors = new Map<string, Cursor>();

  /** @param basePath `/services/data/v60.0` */
  constructor(
    private readonly store: CrmStore,
    private readonly basePath: string,
  ) {}

  /** @param pageSize records a page, 200 to 2000 */
  run(query: SoqlQuery, pageSize: number): QueryResult {
    const { object } = query;
    if (query.counts.length > 0 || query.groupBy.length > 0) {
      const records = groupRows(query, pageSize, this.store);
      return { totalSize: records.length, done: true, records };
    }
    const { text, values } = soqlSql(query);
    const fields = query.fields === 'count' ? [] : query.fields;
    const select = selectFields(fields, object);
    const numbers = this.store.select(text, values).map(({ n }) => Number(n));
    if (query.fields === 'count') return { totalSize: numbers.length, done: true, records: [] };
    return this.page(
      { object, fields, numbers, pageSize },
      select,
      0,
      '01g' + randomBytes(9).toString('hex'),
    );
  }

  /** @param locator `01g…-2000`, from `nextRecordsUrl` */
  more(locator: string): QueryResult {
    const [id = '', from = ''] = locator.split('-');
    const cursor = this.cursors.get(id);
    if (!cursor || !/^\d+$/.test(from)) {
      throw new SalesforceError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
    }
    return this.page(cursor, selectFields(cursor.fields, cursor.object), Number(from), id);
  }

  private page(cursor: Cursor, select: string, from: number, id: string): QueryResult {
    const { object, fields, numbers, pageSize } = cursor;
    const wanted = numbers.slice(from, from + pageSize);
    const rows = this.store.selectByNumber(object, select, wanted);
    const next = from + pageSize;
    const done = next >= numbers.length;
    if (!done) this.remember(id, cursor);
    return {
      totalSize: numbers.length,
      done,
      ...(done ? {} : { nextRecordsUrl: `${this.basePath}/query/${id}-${next}` }),
      records: rows.map((row) => renderObject(row, fields, object, this.basePath)),
    };
  }

  private remember(id: string, cursor: Cursor): void {
    this.cursors.set(id, cursor);
    const [oldest] = this.cursors.keys();
    if (oldest && this.cursors.size > mostCursors) this.cursors.delete(oldest);
  }
}
