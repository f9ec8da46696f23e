import { randomBytes } from 'node:crypto';
import { Client, escapeIdentifier } from 'pg';
import { inject } from 'vitest';

export interface FreshDatabase {
  readonly name: string;
  /** Address for the administrator (owner of everything). */
  readonly url: string;
  /** The same database for another role. */
  urlFor(role: string, password: string): string;
  drop(): Promise<void>;
}

/**
 * A database of its own for a test file: empty, or a copy of `template` (a database that nobody is connected to).
 * `name` makes it recognisable; a random ending makes it unique.
 */
export async function freshDatabase(name = 'test', template = 'template1'): Promise<FreshDatabase> {
  const unique = `${name}_${randomBytes(4).toString('hex')}`;
  await asAdministrator(`create database ${quoted(unique)} template ${quoted(template)}`);
  const url = new URL(inject('postgresAdminUrl'));
  url.pathname = `/${unique}`;
  return {
    name: unique,
    url: url.href,
    urlFor(role, password) {
      const other = new URL(url);
      other.username = role;
      other.password = password;
      return other.href;
    },
    drop: () => asAdministrator(`drop database if exists ${quoted(unique)} with (force)`),
  };
}

async function asAdministrator(statement: string): Promise<void> {
  const client = new Client({ connectionString: inject('postgresAdminUrl') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function quoted(name: string): string {
  return escapeIdentifier(name);
}
