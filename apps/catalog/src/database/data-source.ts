import { createDataSource, dataSourceOptions, type DatabaseOptions, type Logger } from '#platform';
import type { DataSource, DataSourceOptions } from 'typeorm';
import { DraftRow } from './entities/draft.entity.ts';
import { EditionRow } from './entities/edition.entity.ts';
import { RevisionRow } from './entities/revision.entity.ts';
import { SchemeRow } from './entities/scheme.entity.ts';
import { catalogSchema } from './migrations.ts';

/** The catalog's database as its application sees it. */
export function catalogDataSourceOptions(url: string, logger?: Logger): DataSourceOptions {
  return dataSourceOptions(options(url, logger));
}

/** The same outside Nest, not yet initialised. */
export function catalogDataSource(url: string, logger?: Logger): DataSource {
  return createDataSource(options(url, logger));
}

function options(url: string, logger?: Logger): DatabaseOptions {
  return {
    url,
    schema: catalogSchema,
    entities: [SchemeRow, EditionRow, RevisionRow, DraftRow],
    applicationName: 'catalog',
    statementTimeoutMs: 120_000,
    ...(logger ? { logger } : {}),
  };
}
