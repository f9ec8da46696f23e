import { Client } from 'pg';
import type { DataSource, DataSourceOptions } from 'typeorm';
import type { Logger } from '../logging.ts';
import { createDataSource } from './create-data-source.ts';
import { ensureAppRole, ensureOwnerRole, setUp } from './roles.ts';
import { identifier, sql, type Sql } from './sql.ts';

export interface MigrationOptions {
  /** A superuser, or a role with CREATEROLE that owns the database. */
  readonly adminUrl: string;
  /** Its user and password become the application's role. */
  readonly appUrl: string;
  readonly schema: string;
  /** Owns the schema and everything in it; cannot log in. */
  readonly ownerRole: string;
  readonly migrations: NonNullable<DataSourceOptions['migrations']>;
  /** What the application may do: statements that run after the migrations, as the owner, each time. */
  readonly grants: (appRole: Sql) => readonly Sql[];
  /** Contrib extensions that the migrations need, installed in the schema public. */
  readonly extensions?: readonly string[];
  readonly logger?: Logger;
}

/**
 * Makes the database ready, as often as it is called, also by several processes at once (they take turns):
 * roles, schema, extensions, migrations as the owner, grants.
 * @returns names of the migrations that were run now
 * @throws SetupRefused when rights are missing
 */
export async function runMigrations(options: MigrationOptions): Promise<string[]> {
  const admin = new Client({
    connectionString: options.adminUrl,
    application_name: `${options.schema}-migrate`,
    connectionTimeoutMillis: 5_000,
  });
  admin.on('error', (error) => options.logger?.warn({ err: error }, 'the connection that migrates broke'));
  await admin.connect();
  try {
    await admin.query(`select pg_advisory_lock(hashtextextended('migrations', 0))`);
    await ensureOwnerRole(admin, options.ownerRole);
    const appRole = await ensureAppRole(admin, options.appUrl, options.ownerRole);
    await ensureSchema(admin, options);
    return await migrateAsOwner(options, appRole);
  } finally {
    await admin.end();
  }
}

async function ensureSchema(
  admin: Client,
  { schema, ownerRole, extensions = [] }: MigrationOptions,
): Promise<void> {
  await setUp(
    admin,
    'keep everybody from making temporary tables',
    sql`revoke temporary on database ${identifier(admin.database ?? '')} from public`,
  );
  await setUp(
    admin,
    `create the schema ${schema} for ${ownerRole}`,
    sql`create schema if not exists ${identifier(schema)} authorization ${identifier(ownerRole)}`,
  );
  for (const extension of extensions) {
    const statement = sql`create extension if not exists ${identifier(extension)} with schema public`;
    await setUp(admin, `install the extension ${extension}`, statement);
  }
}

async function migrateAsOwner(options: MigrationOptions, appRole: string): Promise<string[]> {
  const { adminUrl, schema, ownerRole, migrations, grants, logger } = options;
  const owner = await createDataSource({
    url: adminUrl,
    schema,
    migrations,
    applicationName: `${schema}-migrate`,
    poolSize: 1,
    statementTimeoutMs: 0,
    lockTimeoutMs: 30_000,
    startupOptions: `-c role=${ownerRole}`,
    ...(logger ? { logger } : {}),
  }).initialize();
  try {
    const done = await owner.runMigrations({ transaction: 'each' });
    await grantRights(owner, [
      sql`grant usage on schema ${identifier(schema)} to ${identifier(appRole)}`,
      ...grants(identifier(appRole)),
    ]);
    return done.map(({ name }) => name);
  } finally {
    await owner.destroy();
  }
}

async function grantRights(owner: DataSource, statements: readonly Sql[]): Promise<void> {
  await owner.transaction(async (transaction) => {
    for (const { text } of statements) await transaction.query(text);
  });
}
