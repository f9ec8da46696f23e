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
import { activityCodeType } from './activity-code-type.ts';
import { folderType } from './folder-type.ts';
import { readStoredProperties, readStoredType } from './read-stored.ts';
import type { Properties } from './properties.ts';
import { propertyColumn } from './property-column.ts';
import type { TypeDefinition } from './type-definition.ts';

export const rootId = 100;
/** The folder `/mappa`, below which the map is kept. */
export const mappaId = 101;

const schema = `
  create table if not exists type (id text primary key, definition text not null) strict;
  create table if not exists object (
    id integer primary key autoincrement,
    parent_id integer,
    name text not null,
    type_id text not null,
    properties text not null,
    created_by text not null,
    created_at integer not null,
    modified_by text not null,
    modified_at integer not null,
    change_token integer not null,
    unique (parent_id, name)
  ) strict;
  insert or ignore into object values
    (${rootId}, null, 'RootFolder', 'cmis:folder', '{}', 'Admin', 0, 'Admin', 0, 1),
    (${mappaId}, ${rootId}, 'mappa', 'cmis:folder', '{}', 'Admin', 0, 'Admin', 0, 1);
  ${journalSchema('object', (row) => propertyColumn('act:ext', row), ['parent_id', 'name', 'properties'])}`;

/** A folder as it is stored. Instants in milliseconds since 1970. */
export interface StoredFolder {
  readonly id: number;
  readonly parentId: number | null;
  readonly name: string;
  readonly typeId: string;
  /** Values of properties other than those below. */
  readonly properties: Properties;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly modifiedBy: string;
  readonly modifiedAt: number;
  readonly changeToken: number;
}

/** Types and folders of the repository, in `cmis.sqlite`. Only the names of siblings are unique. */
export class RecordsStore implements Holdings {
  readonly server = 'cmis';
  private readonly database: DatabaseSync;
  private readonly statements: ReturnType<typeof prepare>;
  private readonly types = new Map<string, TypeDefinition>([[folderType.id, folderType]]);

  constructor(dataDir: string) {
    this.database = openDatabase(dataDir, 'cmis', schema);
    this.statements = prepare(this.database);
    for (const row of this.statements.types.all()) this.know(readStoredType(text(row, 'definition')));
    if (!this.type(activityCodeType.id)) this.addType(activityCodeType);
  }

  transaction<T>(work: () => T): T {
    return inTransaction(this.database, work);
  }

  type(id: string): TypeDefinition | undefined {
    return this.types.get(id);
  }
  allTypes(): TypeDefinition[] {
    return [...this.types.values()];
  }
  addType(type: TypeDefinition): void {
    this.statements.addType.run(type.id, JSON.stringify(type));
    this.know(type);
  }

  byId(id: number): StoredFolder | undefined {
    return found(this.statements.byId.get(id));
  }
  child(parentId: number, name: string): StoredFolder | undefined {
    return found(this.statements.child.get(parentId, name));
  }
  children(parentId: number, limit: number, offset: number): StoredFolder[] {
    return this.statements.children.all(parentId, limit, offset).map(folderOf);
  }
  countChildren(parentId: number): number {
    return count(this.statements.countChildren.get(parentId));
  }
  /** From the folder itself up to the root. */
  ancestors(id: number): { readonly id: number; readonly name: string }[] {
    return this.statements.ancestors
      .all(id)
      .map((row) => ({ id: number(row, 'id'), name: text(row, 'name') }));
  }

  insert(folder: Omit<StoredFolder, 'id'>): number {
    const f = folder;
    const result = this.statements.insert.run(
      f.parentId,
      f.name,
      f.typeId,
      JSON.stringify(Object.fromEntries(f.properties)),
      f.createdBy,
      f.createdAt,
      f.modifiedBy,
      f.modifiedAt,
      f.changeToken,
    );
    return Number(result.lastInsertRowid);
  }
  update(folder: StoredFolder): void {
    const { id, name, properties, modifiedBy, modifiedAt, changeToken } = folder;
    const stored = JSON.stringify(Object.fromEntries(properties));
    this.statements.update.run(name, stored, modifiedBy, modifiedAt, changeToken, id);
  }
  move(id: number, parentId: number): void {
    this.statements.move.run(parentId, id);
  }
  delete(id: number): void {
    this.statements.delete.run(id);
  }

  /** Folders that a condition over `object o` finds. */
  select(
    where: string,
    orderBy: string,
    values: readonly SQLInputValue[],
    limit: number,
    offset: number,
  ): StoredFolder[] {
    return this.database
      .prepare(`select o.* from object o where ${where} order by ${orderBy} limit ? offset ?`)
      .all(...values, limit, offset)
      .map(folderOf);
  }
  countWhere(where: string, values: readonly SQLInputValue[]): number {
    return count(this.database.prepare(`select count(*) as n from object o where ${where}`).get(...values));
  }

  count(): number {
    return count(this.statements.countCodes.get());
  }

  records({ words, limit }: Search = { words: '', limit: -1 }): HeldRecord[] {
    const pattern = likePattern(words);
    return inOrderOfCodes(this.statements.held.all(pattern, pattern, limit).map(heldRecord));
  }

  journal(): JournalLine[] {
    return readJournal(this.database);
  }

  /** A folder goes with everything below it. */
  lose(code: string): number {
    return this.transaction(() => {
      const lost = this.statements.byCode.all(code).map((row) => number(row, 'id'));
      return lost.reduce((sum, id) => sum + Number(this.statements.deleteTree.run(id).changes), 0);
    });
  }

  onApplicationShutdown(): void {
    this.database.close();
  }

  /** Text properties that can be asked for get an index each: real repositories find our identity quickly, too. */
  private know(type: TypeDefinition): void {
    this.types.set(type.id, type);
    for (const { id, propertyType, queryable } of Object.values(type.propertyDefinitions)) {
      if (propertyType !== 'string' || !queryable) continue;
      this.database.exec(`create index if not exists "object_${id}" on object (${propertyColumn(id, '')})`);
    }
  }
}

const count = (row: Row | undefined): number => (row ? number(row, 'n') : 0);

const found = (row: Row | undefined): StoredFolder | undefined => (row ? folderOf(row) : undefined);

function folderOf(row: Row): StoredFolder {
  return {
    id: number(row, 'id'),
    parentId: numberOrNull(row, 'parent_id'),
    name: text(row, 'name'),
    typeId: text(row, 'type_id'),
    properties: readStoredProperties(text(row, 'properties')),
    createdBy: text(row, 'created_by'),
    createdAt: number(row, 'created_at'),
    modifiedBy: text(row, 'modified_by'),
    modifiedAt: number(row, 'modified_at'),
    changeToken: number(row, 'change_token'),
  };
}

function heldRecord(row: Row): HeldRecord {
  const active = numberOrNull(row, 'active');
  const validTo = numberOrNull(row, 'valid_to');
  return {
    id: String(number(row, 'id')),
    key: textOrNull(row, 'key'),
    code: textOrNull(row, 'code'),
    title: textOrNull(row, 'title'),
    parentCode: textOrNull(row, 'parent_code'),
    parentId: textOfNumber(numberOrNull(row, 'parent_id')),
    level: null,
    active: active === null ? null : active === 1,
    validTo: validTo === null ? null : dayInRome(validTo),
  };
}

const textOfNumber = (value: number | null): string | null => (value === null ? null : String(value));

function prepare(database: DatabaseSync) {
  const code = propertyColumn('act:cod', 'o.');
  const title = propertyColumn('act:title', 'o.');
  return {
    types: database.prepare('select definition from type'),
    addType: database.prepare('insert into type (id, definition) values (?, ?)'),
    byId: database.prepare('select * from object where id = ?'),
    child: database.prepare('select * from object where parent_id = ? and name = ?'),
    children: database.prepare('select * from object where parent_id = ? order by name limit ? offset ?'),
    countChildren: database.prepare('select count(*) as n from object where parent_id = ?'),
    ancestors: database.prepare(
      `with recursive up (id, parent_id, name, step) as (
         select id, parent_id, name, 0 from object where id = ?
         union all select o.id, o.parent_id, o.name, step + 1 from object o join up on o.id = up.parent_id)
       select id, name from up order by step`,
    ),
    insert: database.prepare(
      `insert into object (parent_id, name, type_id, properties, created_by, created_at, modified_by, modified_at, change_token)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    update: database.prepare(
      'update object set name = ?, properties = ?, modified_by = ?, modified_at = ?, change_token = ? where id = ?',
    ),
    move: database.prepare('update object set parent_id = ? where id = ?'),
    delete: database.prepare('delete from object where id = ?'),
    byCode: database.prepare(`select id from object o where ${code} = ?`),
    deleteTree: database.prepare(
      `with recursive below (id) as (
         values (?) union all select o.id from object o join below on o.parent_id = below.id)
       delete from object where id in (select id from below)`,
    ),
    countCodes: database.prepare(
      `select count(*) as n from object o where o.type_id = '${activityCodeType.id}'`,
    ),
    held: database.prepare(
      `select o.id, o.parent_id, ${propertyColumn('act:ext', 'o.')} as key, ${code} as code, ${title} as title,
         ${propertyColumn('act:cod', 'p.')} as parent_code, ${propertyColumn('act:active', 'o.')} as active,
         ${propertyColumn('act:validTo', 'o.')} as valid_to
       from object o left join object p on p.id = o.parent_id
       where o.type_id = '${activityCodeType.id}'
         and (coalesce(${code}, '') like ? escape '\\' or ${title} like ? escape '\\') order by ${code} limit ?`,
    ),
  };
}
