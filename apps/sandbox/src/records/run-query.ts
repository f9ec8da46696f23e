import type { SQLInputValue } from 'node:sqlite';
import type { Literal } from '../query/condition.ts';
import { conditionSql, type Sql, type Storage } from '../query/condition-sql.ts';
import { QueryError } from '../query/query-error.ts';
import { CmisError } from './cmis-error.ts';
import { parseCmisSql, type CmisQuery } from './cmis-sql.ts';
import { definitionOf, propertyIds, valueOf } from './object-properties.ts';
import type { Paging } from './paging.ts';
import { propertyColumn } from './property-column.ts';
import type { RecordsStore, StoredFolder } from './records.store.ts';
import { renderProperty } from './render-object.ts';
import type { PropertyDefinition, TypeDefinition } from './type-definition.ts';

const columns: Readonly<Record<string, string>> = {
  'cmis:objectId': 'o.id',
  'cmis:name': 'o.name',
  'cmis:objectTypeId': 'o.type_id',
  'cmis:parentId': 'o.parent_id',
  'cmis:createdBy': 'o.created_by',
  'cmis:creationDate': 'o.created_at',
  'cmis:lastModifiedBy': 'o.modified_by',
  'cmis:lastModificationDate': 'o.modified_at',
};

const numbered = { 'cmis:objectId': true, 'cmis:parentId': true };

/** Runs a query of CMIS SQL. @throws CmisError invalidArgument for one that cannot be read or run */
export function runQuery(store: RecordsStore, statement: string, paging: Paging, succinct: boolean): unknown {
  try {
    return run(store, parseCmisSql(statement), paging, succinct);
  } catch (error) {
    if (error instanceof QueryError) {
      throw new CmisError('invalidArgument', `Processing of query statement failed: ${error.message}`);
    }
    throw error;
  }
}

function run(
  store: RecordsStore,
  query: CmisQuery,
  { maxItems, skipCount }: Paging,
  succinct: boolean,
): unknown {
  const type = store.type(query.type);
  if (!type) throw new QueryError(`${query.type} is neither a type query name nor an alias.`);
  const storage = storageOf(type);
  if (query.select !== '*') query.select.forEach(({ id }) => known(type, id));
  const where = ofType(type, query.where ? conditionSql(query.where, storage) : { text: 'true', values: [] });
  const order = query.orderBy.map(
    ({ id, descending }) => `${storage.column(id)} ${descending ? 'desc' : 'asc'}`,
  );
  const folders = store.select(where.text, [...order, 'o.id'].join(', '), where.values, maxItems, skipCount);
  const numItems = store.countWhere(where.text, where.values);
  return {
    results: folders.map((folder) => renderRow(store, folder, query, succinct)),
    hasMoreItems: skipCount + folders.length < numItems,
    numItems,
  };
}

/** A query over cmis:folder finds folders of every type. */
function ofType(type: TypeDefinition, { text, values }: Sql): Sql {
  if (type.parentId === null) return { text, values };
  return { text: `o.type_id = ? and ${text}`, values: [type.id, ...values] };
}

function renderRow(store: RecordsStore, folder: StoredFolder, query: CmisQuery, succinct: boolean): unknown {
  const type = store.type(folder.typeId)!;
  const selected = query.select === '*' ? propertyIds(type).map((id) => ({ id, alias: id })) : query.select;
  const properties = selected.map(({ id, alias }) => {
    const value = valueOf(store, folder, id);
    return [alias, succinct ? value : renderProperty(type, id, value, alias)];
  });
  return { [succinct ? 'succinctProperties' : 'properties']: Object.fromEntries(properties) };
}

function known(type: TypeDefinition, id: string): void {
  if (!definitionOf(type, id))
    throw new QueryError(`${id} is not a property query name in any of the types in from`);
}

function storageOf(type: TypeDefinition): Storage {
  return {
    emptyIsDifferent: false,
    column(id) {
      const definition = definitionOf(type, id);
      const isOwn = Object.hasOwn(type.propertyDefinitions, id) && type.parentId !== null;
      const column = isOwn ? propertyColumn(id, 'o.') : columns[id];
      if (!definition?.queryable || !column)
        throw new QueryError(`${id} is not a queryable property of ${type.id}`);
      return column;
    },
    stored: (id, literal) =>
      id in numbered ? idNumber(literal) : stored(definitionOf(type, id)?.propertyType, literal),
    call: inFolder,
  };
}

function stored(
  propertyType: PropertyDefinition['propertyType'] | undefined,
  literal: Literal,
): SQLInputValue {
  if (literal.is === 'null') return null;
  if (propertyType === 'boolean') return literal.is === 'boolean' ? Number(literal.value) : mistyped(literal);
  if (propertyType === 'datetime') {
    const instant = literal.is === 'date' || literal.is === 'string' ? Date.parse(literal.value) : Number.NaN;
    return Number.isNaN(instant) ? mistyped(literal) : instant;
  }
  if (propertyType === 'integer' || propertyType === 'decimal') {
    return literal.is === 'number' ? literal.value : mistyped(literal);
  }
  return literal.is === 'string' ? literal.value : mistyped(literal);
}

function mistyped(literal: Literal): never {
  throw new QueryError(
    `the value ${literal.is === 'null' ? 'null' : String(literal.value)} has not the type of the property`,
  );
}

/** Ids are text for clients and numbers in the table; -1 is nobody's. */
function idNumber(literal: Literal): number {
  return literal.is === 'string' && /^\d{1,15}$/.test(literal.value) ? Number(literal.value) : -1;
}

function inFolder(name: string, argument: string): Sql {
  const id = idNumber({ is: 'string', value: argument });
  if (name === 'IN_FOLDER') return { text: 'o.parent_id = ?', values: [id] };
  if (name !== 'IN_TREE') throw new QueryError(`there is no function ${name}`);
  return {
    text: `o.id in (with recursive below (id) as (
        select id from object where parent_id = ?
        union all select c.id from object c join below on c.parent_id = below.id)
      select id from below)`,
    values: [id],
  };
}
