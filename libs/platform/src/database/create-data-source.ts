import { types } from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Logger } from '../logging.ts';

export interface DatabaseOptions {
  readonly url: string;
  /** First in the search path, so that SQL names tables without it; `public` follows, for extensions. */
  readonly schema: string;
  readonly entities?: NonNullable<DataSourceOptions['entities']>;
  readonly migrations?: NonNullable<DataSourceOptions['migrations']>;
  readonly applicationName: string;
  readonly poolSize?: number;
  /** 0 is no limit. 30 s by default. */
  readonly statementTimeoutMs?: number;
  /** 0 is no limit. 10 s by default. */
  readonly lockTimeoutMs?: number;
  readonly connectTimeoutMs?: number;
  /** Further startup options, as in `-c role=owner`. */
  readonly startupOptions?: string;
  readonly logger?: Logger;
}

/** Name of TypeORM's table of migrations, in the app's schema. */
export const migrationsTable = 'migration';

/** Options for `TypeOrmModule.forRoot` or a DataSource: never synchronises, survives a restart of Postgres. */
export function dataSourceOptions(
  options: DatabaseOptions,
): DataSourceOptions & { readonly type: 'postgres' } {
  const { statementTimeoutMs = 30_000, lockTimeoutMs = 10_000, logger } = options;
  const settings = [
    `-c search_path=${options.schema},public`,
    `-c statement_timeout=${statementTimeoutMs}`,
    `-c lock_timeout=${lockTimeoutMs}`,
    options.startupOptions ?? '',
  ];
  return {
    type: 'postgres',
    url: options.url,
    schema: options.schema,
    entities: options.entities ?? [],
    migrations: options.migrations ?? [],
    migrationsTableName: migrationsTable,
    migrationsRun: false,
    synchronize: false,
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    logging: false,
    applicationName: options.applicationName,
    poolSize: options.poolSize ?? 10,
    connectTimeoutMS: options.connectTimeoutMs ?? 5_000,
    // An idle connection that breaks is an event of the pool; without a listener it would end the process.
    poolErrorHandler: (error: unknown) => logger?.warn({ err: error }, 'an idle database connection broke'),
    extra: { options: settings.join(' ').trim(), keepAlive: true, types: { getTypeParser } },
  };
}

/** @returns a DataSource, not yet initialised */
export function createDataSource(options: DatabaseOptions): DataSource {
  return new DataSource(dataSourceOptions(options));
}

/** As pg reads types, but int8 as a safe number, and date as `YYYY-MM-DD` (pg would make it local midnight). */
function getTypeParser(...[oid, format]: Parameters<typeof types.getTypeParser>): unknown {
  if (format === 'binary') return types.getTypeParser(oid, format);
  if (oid === types.builtins.INT8) return safeInteger;
  if (oid === types.builtins.DATE) return (text: string) => text;
  return types.getTypeParser(oid, 'text');
}

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is too large for a number`);
  return value;
}
