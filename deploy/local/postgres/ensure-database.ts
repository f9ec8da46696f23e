import { Client, escapeIdentifier } from 'pg';

const defaultName = 'mappa';

/**
 * Address of the database of Mappa on a server: `mappa`, unless the administrator's address names one of its own
 * (other than `postgres`).
 */
export function databaseUrl(adminUrl: string): string {
  const url = new URL(adminUrl);
  if (['/', '', '/postgres'].includes(url.pathname)) url.pathname = `/${defaultName}`;
  return url.href;
}

/** Creates the database of Mappa unless it exists or was named by the address; gives its address (`databaseUrl`). */
export async function ensureDatabase(adminUrl: string): Promise<string> {
  const url = databaseUrl(adminUrl);
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  if (name !== defaultName) return url;
  const server = new URL(url);
  server.pathname = '/postgres';
  const client = new Client({ connectionString: server.href });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  return url;
}
