import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.ts';
import { createDataSource } from './create-data-source.ts';
import { SetupRefused } from './roles.ts';
import { run } from './run.ts';
import { runMigrations, type MigrationOptions } from './run-migrations.ts';
import { identifier, literal, sql } from './sql.ts';
import { sqlState } from './sql-state.ts';

class CreateEntry1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'create table entry (id uuid primary key, period int4range, exclude using gist (id with =, period with &&))',
    );
  }
  async down(): Promise<void> {
    throw new Error('forward only');
  }
}

let database: FreshDatabase;
let names: { readonly admin: string; readonly owner: string; readonly app: string };

function options(adminUrl: string, app = names.app): MigrationOptions {
  return {
    adminUrl,
    appUrl: database.urlFor(app, "a pass'word"),
    schema: 'catalog',
    ownerRole: names.owner,
    migrations: [CreateEntry1700000000000],
    extensions: ['btree_gist'],
    grants: (role) => [sql`grant select, insert on entry to ${role}`],
  };
}

async function asAdmin(...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

async function asApp<T>(work: (app: ReturnType<typeof createDataSource>) => Promise<T>): Promise<T> {
  const url = database.urlFor(names.app, "a pass'word");
  const app = await createDataSource({ url, schema: 'catalog', applicationName: 'test' }).initialize();
  try {
    return await work(app);
  } finally {
    await app.destroy();
  }
}

beforeAll(async () => {
  database = await freshDatabase('migrations');
  names = { admin: `${database.name}_admin`, owner: `${database.name}_owner`, app: `${database.name}_app` };
});
afterAll(async () => {
  await asAdmin(`drop owned by ${names.owner} cascade`, `drop owned by ${names.app} cascade`);
  await asAdmin(`reassign owned by ${names.admin} to current_user`, `drop owned by ${names.admin} cascade`);
  await database.drop();
});

test('several processes at once make roles, schema and tables, once', async () => {
  const runs = await Promise.all([1, 2, 3].map(() => runMigrations(options(database.url))));
  expect(runs.flat()).toEqual(['CreateEntry1700000000000']);
  expect(await runMigrations(options(database.url))).toEqual([]);
});

test('the application works in the schema, owns nothing, and has only the rights granted', async () => {
  await asApp(async (app) => {
    await run(app, sql`insert into entry (id) values (${'00000000-0000-4000-8000-000000000001'})`);
    expect(await run<{ n: number }>(app, sql`select count(*) as n from entry`)).toEqual([{ n: 1 }]);
    const owners = await run<{ tableowner: string }>(
      app,
      sql`select tableowner from pg_tables where schemaname = 'catalog'`,
    );
    expect(new Set(owners.map(({ tableowner }) => tableowner))).toEqual(new Set([names.owner]));
    for (const refused of [
      sql`delete from entry`,
      sql`create table mine (id int)`,
      sql`set role ${identifier(names.owner)}`,
    ]) {
      const state = await run(app, refused).catch(sqlState);
      expect(state).toBe('42501');
    }
  });
});

test('a new password of the application is taken over', async () => {
  await asAdmin(sql`alter role ${identifier(names.app)} password ${literal('an old one')}`.text);
  await runMigrations(options(database.url));
  await asApp((app) => run(app, sql`select 1`));
});

test('a plain role with CREATEROLE that owns the database is enough', async () => {
  const other = await freshDatabase('migrations_owned');
  const admin = identifier(names.admin).text;
  await asAdmin(
    `create role ${admin} login createrole password 'admin'`,
    `alter database ${other.name} owner to ${admin}`,
  );
  try {
    const migrating: MigrationOptions = {
      ...options(other.urlFor(names.admin, 'admin')),
      appUrl: other.urlFor(`${names.app}_2`, 'app'),
      ownerRole: `${names.owner}_2`,
    };
    expect(await runMigrations(migrating)).toEqual(['CreateEntry1700000000000']);
    expect(await runMigrations(migrating)).toEqual([]);
  } finally {
    await other.drop();
    await asAdmin(`drop role ${names.owner}_2`, `drop role ${names.app}_2`);
  }
});

test('a role without the rights is told what it lacks, and so is one that would own tables', async () => {
  await asAdmin(`create role ${names.admin}_weak login password 'weak'`);
  const weak = { ...options(database.urlFor(`${names.admin}_weak`, 'weak')), ownerRole: `${names.owner}_3` };
  await expect(runMigrations(weak)).rejects.toThrow(
    `${names.admin}_weak may not create the role ${names.owner}_3. It must be a superuser, or a role with CREATEROLE that owns the database ${database.name}.`,
  );
  await asAdmin(`drop role ${names.admin}_weak`);
  await expect(runMigrations({ ...options(database.url), appUrl: database.url })).rejects.toThrow(
    SetupRefused,
  );
});
