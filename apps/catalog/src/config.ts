import { commonEnv, httpUrl, kafkaBrokers, postgresUrl } from '#platform';
import { z } from 'zod';

/** What the catalog is told by its environment, read once in main.ts. */
export const catalogEnv = commonEnv.extend({
  DATABASE_URL: postgresUrl,
  KAFKA_BROKERS: kafkaBrokers,
  /** Copies of each partition; 1 is for a single broker. */
  KAFKA_REPLICATION: z.coerce.number().int().min(1).max(5).default(1),
  OIDC_ISSUER: httpUrl,
  /** Address under which readers reach the catalog for good; permanent URIs begin with it. */
  PUBLIC_URL: httpUrl.exactOptional(),
  /** Where the connector answers what a draft means for targets; without it nobody is asked. */
  CONNECTOR_URL: httpUrl.exactOptional(),
  /** Largest body of a request, in bytes. */
  BODY_LIMIT: z.coerce
    .number()
    .int()
    .min(1_024)
    .default(32 * 1024 * 1024),
  /** Largest file of an import, in bytes. */
  IMPORT_LIMIT: z.coerce
    .number()
    .int()
    .min(1_024)
    .default(512 * 1024 * 1024),
  /** Most rows of a file of an import. */
  IMPORT_ROWS: z.coerce.number().int().min(1).default(1_000_000),
});
export type CatalogConfig = z.infer<typeof catalogEnv>;

export const bootstrapEnv = commonEnv.pick({ LOG_LEVEL: true }).extend({
  DATABASE_URL: postgresUrl,
  /** Folder of a scheme: scheme.json, and a folder with edition.json, corrections.json and the document. */
  SCHEME_DIR: z.string(),
  EDITION: z.string(),
});
