import { isAbsolute, normalize } from 'node:path';
import { z } from 'zod';
import { commonEnv, httpUrl, kafkaBrokers, postgresUrl } from '#platform';
import { readAllowedAddresses } from './registry/allowed-addresses.ts';

const ms = (fallback: number) => z.coerce.number().int().min(1).default(fallback);

/** `1000,5000` -> [1000, 5000] */
const msList = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((list) => list.split(',').map(Number))
    .pipe(z.array(z.number('pauses in milliseconds, separated by commas, are expected').int().min(1)).min(1));

/** `crm.example.org,*.camera.it,10.20.0.0/16` */
const allowedAddresses = z.string().transform((list, context) => {
  const allowed = readAllowedAddresses(list);
  if (!('wrong' in allowed)) return allowed;
  context.addIssue(`"${allowed.wrong}" is no host, *.domain or network such as 10.20.0.0/16`);
  return z.NEVER;
});

const environment = commonEnv.extend({
  DATABASE_URL: postgresUrl,
  KAFKA_BROKERS: kafkaBrokers,
  KAFKA_REPLICATION: z.coerce.number().int().min(1).max(5).default(1),
  OIDC_ISSUER: httpUrl,
  CATALOG_URL: httpUrl,
  /** Applied at start; without it, the registry is as it was left through the API. */
  TARGETS_FILE: z.string().optional(),
  /** With it begin the names of variables with secrets of targets. */
  SECRET_PREFIX: z
    .string()
    .regex(/^([A-Z][A-Z0-9]*_)+$/, 'capitals and digits with an underscore at the end are expected')
    .refine((prefix) => !'DATABASE_URL'.startsWith(prefix), 'DATABASE_URL is no secret of targets')
    .default('TARGET_'),
  /** Below it are the files with secrets of targets; without it, there are none. */
  SECRET_DIRECTORY: z
    .string()
    .refine(isAbsolute, 'an absolute path is expected')
    .transform((path) => normalize(path))
    .optional(),
  /** Hosts, domains and networks where targets may be; without it, they may be anywhere. */
  TARGET_ADDRESSES: allowedAddresses.optional(),
  /** Put in place of `${SANDBOX_URL}` in the targets file. */
  SANDBOX_URL: httpUrl.optional(),
  /** Systems worked side by side by this process. */
  DELIVERY_SYSTEMS: z.coerce.number().int().min(1).max(1_000).default(64),
  DELIVERY_POLL_MS: ms(1_000),
  SYSTEM_LEASE_MS: ms(4_000),
  REQUEST_TIMEOUT_MS: ms(20_000),
  /** After the first, second, … failure in a row of a system, or of a target that fails alone. */
  SYSTEM_PAUSES_MS: msList('5000,60000,600000,3600000,21600000,86400000'),
  /** A content that a target refused is tried again after so long, without anybody asking. */
  RETRY_REJECTED_MS: ms(24 * 60 * 60 * 1_000),
  /** Every target is read back so often. */
  DRIFT_EVERY_MS: ms(24 * 60 * 60 * 1_000),
  /** A revision that stays incomplete for so long is fetched from the catalog. */
  HOLE_MS: ms(10_000),
  /** The catalog is asked so often which sets are sealed, and each is rehearsed on all targets so often. */
  SEALED_POLL_MS: ms(10_000),
  REHEARSE_SEALED_MS: ms(24 * 60 * 60 * 1_000),
  /** Pauses are so many times shorter: 60 makes a second of every minute, for tests of long outages. */
  TIME_SCALE: z.coerce.number('a number from 1 to 10000 is expected').min(1).max(10_000).default(1),
});

/** What the connector is told by its environment, read once in main.ts. */
export const connectorEnv = environment
  .refine(({ NODE_ENV, TIME_SCALE }) => NODE_ENV !== 'production' || TIME_SCALE === 1, {
    path: ['TIME_SCALE'],
    message: 'in production time is as long as it is',
  })
  .transform(scaled);
export type ConnectorConfig = z.infer<typeof connectorEnv>;

/** How long others are left alone is scaled; leases and timeouts are not, because machines do not become faster. */
function scaled(config: z.output<typeof environment>): z.output<typeof environment> {
  const shorter = (pauseMs: number): number => Math.max(1, Math.round(pauseMs / config.TIME_SCALE));
  return {
    ...config,
    SYSTEM_PAUSES_MS: config.SYSTEM_PAUSES_MS.map(shorter),
    RETRY_REJECTED_MS: shorter(config.RETRY_REJECTED_MS),
    HOLE_MS: shorter(config.HOLE_MS),
    REHEARSE_SEALED_MS: shorter(config.REHEARSE_SEALED_MS),
  };
}

/** Secrets of the sandbox's servers. They are no secrets, and exist so that a demonstration needs no set-up. */
const developmentSecrets = {
  TARGET_SANDBOX_CRM: 'mappa-crm-secret',
  TARGET_SANDBOX_RECORDS: 'mappa-records-secret',
  TARGET_SANDBOX_HR: 'mappa-hr-secret',
  TARGET_SANDBOX_ODATA: 'mappa-odata-secret',
  TARGET_SANDBOX_WEBHOOK: 'whsec_bWFwcGEtc2FuZGJveC1yZWNlaXZlci1zZWNyZXQ=',
};

/**
 * What `env:` references of the targets file may name. With NODE_ENV=production only the real environment; else the
 * sandbox's secrets stand behind it.
 */
export function secretEnvironment(
  { NODE_ENV }: Pick<ConnectorConfig, 'NODE_ENV'>,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Readonly<Record<string, string | undefined>> {
  return NODE_ENV === 'production' ? environment : { ...developmentSecrets, ...environment };
}
