import { QueryError } from '../query/query-error.ts';
import type { CrmStore } from './crm.store.ts';
import { rendered } from './render-object.ts';
import { SalesforceError } from './salesforce-error.ts';
import type { SoqlQuery } from './soql.ts';
import { columnOf, fromSql, orderSql, pathOf } from './soql-sql.ts';

/**
 * The rows of a query with `COUNT(field)` or `GROUP BY`: one for each group, AggregateResult in the words of Salesforce. A count
 * without an alias is called expr0, expr1 … There is one page of them and no more.
 */
export function groupRows(query: SoqlQuery, pageSize: number, store: CrmStore): unknown[] {
  const { object, counts, groupBy, limit, offset } = query;
  const fields = query.fields === 'count' ? [] : query.fields;
  const loose = fields.find((field) => !groupBy.includes(field));
  if (loose !== undefined) throw new QueryError(`Field must be grouped or aggregated: ${loose}`);
  const from = fromSql(query);
  const columns = [
    ...fields.map((name, i) => `${columnOf(name, object)} as f${i}`),
    ...counts.map(({ field }, i) => `count(${columnOf(field, object)}) as c${i}`),
  ];
  const groups = groupBy.map((name) => columnOf(name, object)).join(', ');
  const order = orderSql(query).join(', ');
  const rows = store.select(
    `select ${columns.join(', ')} ${from.text} ${groups && `group by ${groups}`} ${order && `order by ${order}`} limit ? offset ?`,
    [...from.values, limit ?? -1, offset],
  );
  if (rows.length > pageSize) {
    const message =
      'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch';
    throw new SalesforceError(400, 'EXCEEDED_ID_LIMIT', message);
  }
  const aliases = aliasesOf(counts);
  return rows.map((row) => ({
    attributes: { type: 'AggregateResult' },
    ...Object.fromEntries(
      fields.map((name, i) => {
        const { field } = pathOf(name, object);
        return [field.name, rendered(field.type, row[`f${i}`])];
      }),
    ),
    ...Object.fromEntries(aliases.map((alias, i) => [alias, row[`c${i}`]])),
  }));
}

function aliasesOf(counts: SoqlQuery['counts']): string[] {
  let unnamed = 0;
  return counts.map(({ alias }) => alias ?? `expr${unnamed++}`);
}
