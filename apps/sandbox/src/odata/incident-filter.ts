import type { Comparison } from '../query/condition.ts';
import { conditionSql, type Sql, type Storage } from '../query/condition-sql.ts';
import { parseBoolean } from '../query/parse-boolean.ts';
import { literal } from '../query/parse-condition.ts';
import { QueryError } from '../query/query-error.ts';
import { TokenReader } from '../query/token-reader.ts';
import { incidentColumns, type Incident } from './incident.ts';
import { badRequest, ODataError } from './odata-error.ts';

const operators: Readonly<Record<string, Comparison>> = { eq: '=', ne: '!=' };

const storage: Storage = {
  column: (name) => columnOf(name),
  stored: (_, value) =>
    'value' in value && typeof value.value === 'string' ? value.value.toLowerCase() : null,
  emptyIsDifferent: true,
};

/** `_mappa_activity_value eq GUID or …` as SQL. @throws ODataError 400 */
export function incidentFilter(filter: string | null): Sql {
  if (filter === null) return { text: 'true', values: [] };
  try {
    const reader = new TokenReader(filter);
    const condition = parseBoolean(reader, () => {
      const field = reader.word('a property');
      const op = operators[reader.word('an operator')];
      if (!op) throw new QueryError('only eq and ne are supported');
      return { is: 'compare', field, op, value: literal(reader) };
    });
    reader.end();
    return conditionSql(condition, storage);
  } catch (error) {
    if (error instanceof QueryError) throw badRequest(`The filter cannot be read: ${error.message}`);
    throw error;
  }
}

/** @throws ODataError 400 for a property that the table does not have */
export function columnOf(name: string): keyof Incident {
  const column = incidentColumns.get(name);
  if (column) return column;
  const message = `Could not find a property named '${name}' on type 'Microsoft.Dynamics.CRM.incident'.`;
  throw new ODataError(400, '0x80060888', message);
}
