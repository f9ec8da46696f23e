import { z } from 'zod';

/** The environment does not let the process start. Its stack is its message, so that Node prints plain words only. */
export class ConfigurationError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration is not complete:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'ConfigurationError';
    this.stack = this.message;
  }
}

/**
 * Reads the whole configuration once, at the start of an app. An empty variable counts as absent.
 * @returns what the schema makes of the variables
 * @throws ConfigurationError naming every missing or wrong variable at once
 */
export function readEnv<Schema extends z.ZodType>(
  schema: Schema,
  env: Readonly<Record<string, string | undefined>> = process.env,
): z.output<Schema> {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new ConfigurationError(
    result.error.issues.map((issue) => {
      const name = String(issue.path[0] ?? 'environment');
      return name in given ? `${name} is not right: ${issue.message}` : `${name} is missing`;
    }),
  );
}

/** A TCP port; 0 lets the system choose. */
export const port = z.coerce
  .number({ error: 'a port number is expected' })
  .int('a port is a whole number')
  .min(0, 'a port is not negative')
  .max(65_535, 'the highest port is 65535');

/** An http(s) address, given back without its trailing slash. */
export const httpUrl = z
  .url({ protocol: /^https?$/, error: 'an address such as http://127.0.0.1:7310 is expected' })
  .transform((url) => url.replace(/\/+$/, ''));

export const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'an address such as postgres://user:password@host:5432/database is expected',
});

export const logLevel = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
  error: 'one of trace, debug, info, warn, error, fatal, silent is expected',
});

/** `host:port,host:port` -> `['host:port', …]` */
export const kafkaBrokers = z
  .string({ error: 'brokers as host:port, separated by commas, are expected' })
  .transform((list) => list.split(',').map((broker) => broker.trim()))
  .pipe(
    z.array(
      z.string().regex(/^[^\s:,]+:\d{1,5}$/, 'brokers as host:port, separated by commas, are expected'),
    ),
  );

/** What every app reads: spread `.shape` into the app's own schema. */
export const commonEnv = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: port,
  LOG_LEVEL: logLevel.default('info'),
  NODE_ENV: z.string().default('development'),
});
