import { Client } from 'pg';
import { identifier, literal, sql, type Sql } from './sql.ts';
import { sqlState } from './sql-state.ts';

const insufficientPrivilege = '42501';
const duplicateObject = '42710';
const uniqueViolation = '23505';

/** The migrating role lacks a right, or something stands in the way; the message says what a person must do. */
export class SetupRefused extends Error {}

/** Runs a statement of set-up; turns a missing right into plain words. A role made meanwhile by another process is fine. */
export async function setUp(admin: Client, what: string, statement: Sql): Promise<void> {
  try {
    await admin.query(statement.text);
  } catch (error) {
    const state = sqlState(error);
    if (state === duplicateObject || state === uniqueViolation) return;
    if (state !== insufficientPrivilege) throw error;
    throw new SetupRefused(
      `${admin.user ?? 'The migrating role'} may not ${what}. It must be a superuser, or a role with CREATEROLE ` +
        `that owns the database ${admin.database ?? ''}.`,
      { cause: error },
    );
  }
}

/** The owner: has no login, owns schema and tables; the admin may act as it. */
export async function ensureOwnerRole(admin: Client, owner: string): Promise<void> {
  const role = identifier(owner);
  if (!(await roleExists(admin, owner)))
    await setUp(admin, `create the role ${owner}`, sql`create role ${role} nologin`);
  const { rows } = await admin.query<{ allowed: boolean }>(
    'select pg_has_role(current_user, $1, $2) as allowed',
    [owner, 'SET'],
  );
  if (rows[0]?.allowed) return;
  await setUp(
    admin,
    `act as the role ${owner}`,
    sql`grant ${role} to current_user with set true, inherit true`,
  );
}

/** The application's role: logs in with the password of its URL, is nobody else. */
export async function ensureAppRole(admin: Client, appUrl: string, owner: string): Promise<string> {
  const { username, password } = credentialsOf(appUrl);
  if (username === admin.user || username === owner) {
    throw new SetupRefused(`The application must not connect as ${username}: its role may own no table.`);
  }
  const role = identifier(username);
  const login = sql`login password ${literal(password)}`;
  if (!(await roleExists(admin, username))) {
    await setUp(admin, `create the role ${username}`, sql`create role ${role} ${login}`);
  }
  const { rows } = await admin.query<{ tooMuch: boolean }>(
    `select r.rolsuper or pg_has_role(r.oid, $2, 'MEMBER') as "tooMuch" from pg_roles r where r.rolname = $1`,
    [username, owner],
  );
  if (rows[0]?.tooMuch)
    throw new SetupRefused(`The role ${username} has too many rights: it could act as ${owner}.`);
  if (!(await canConnect(appUrl))) {
    await setUp(admin, `set the password of ${username}`, sql`alter role ${role} ${login}`);
  }
  return username;
}

async function roleExists(admin: Client, name: string): Promise<boolean> {
  return (await admin.query('select 1 from pg_roles where rolname = $1', [name])).rows.length > 0;
}

function credentialsOf(url: string): { username: string; password: string } {
  const { username, password } = new URL(url);
  if (!username || !password) throw new SetupRefused('The application URL needs a user and a password.');
  return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
}

async function canConnect(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    return true;
  } catch (error) {
    if (sqlState(error)?.startsWith('28')) return false;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}
