import { join } from 'node:path';
import { checkout } from '../checkout.ts';
import type { Ports } from '../state/ports.ts';
import type { Secrets } from '../state/secrets.ts';

export interface Addresses {
  readonly catalog: string;
  readonly connector: string;
  readonly sandbox: string;
}

export interface Databases {
  /** Administrator, in the database of Mappa. */
  readonly admin: string;
  readonly catalog: string;
  readonly connector: string;
}

export interface Surroundings {
  readonly addresses: Addresses;
  readonly ports: Ports;
  readonly databases: Databases;
  readonly brokers: string;
  readonly home: string;
}

export function addressesOf(ports: Ports): Addresses {
  return { catalog: at(ports.catalog), connector: at(ports.connector), sandbox: at(ports.sandbox) };
}

function at(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** Database addresses of the roles, from the administrator's address of the same database. */
export function databasesOf(admin: string, secrets: Secrets): Databases {
  const as = (role: string, password: string): string => {
    const url = new URL(admin);
    url.username = role;
    url.password = password;
    return url.href;
  };
  return {
    admin,
    catalog: as('mappa_catalog', secrets.catalog),
    connector: as('mappa_connector', secrets.connector),
  };
}

/** Variables of an app, on top of those of this process; the launcher's own (DATABASE_URL, …) are replaced. */
export function appEnvironment(
  app: keyof Addresses,
  { addresses, ports, databases, brokers, home }: Surroundings,
  env: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const { DATABASE_URL: _, MIGRATION_DATABASE_URL: __, ...inherited } = env;
  const common = {
    ...inherited,
    HOST: '127.0.0.1',
    PORT: String(ports[app]),
    NODE_ENV: env['NODE_ENV'] ?? 'development',
  };
  const issuer = `${addresses.sandbox}/idp`;
  if (app === 'sandbox') {
    return { ...common, DATA_DIR: join(home, 'sandbox'), PUBLIC_URL: addresses.sandbox };
  }
  const service = { ...common, DATABASE_URL: databases[app], KAFKA_BROKERS: brokers, OIDC_ISSUER: issuer };
  if (app === 'catalog') return { ...service, CONNECTOR_URL: addresses.connector };
  return {
    ...service,
    CATALOG_URL: addresses.catalog,
    TARGETS_FILE: env['TARGETS_FILE'] ?? join(checkout, 'data/demo/targets.json'),
    SANDBOX_URL: addresses.sandbox,
    // A demonstration does not wait for an hour.
    SYSTEM_PAUSES_MS: env['SYSTEM_PAUSES_MS'] ?? '1000,5000,30000,120000,600000',
  };
}
