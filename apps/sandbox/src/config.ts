import { commonEnv, httpUrl, port, readEnv } from '#platform';
import { z } from 'zod';

const isLoopback = (host: string): boolean => /^(127(\.\d{1,3}){3}|::1|localhost)$/.test(host);

const environment = commonEnv
  .extend({
    HOST: z
      .string()
      .default('127.0.0.1')
      .refine(isLoopback, 'the sandbox has public passwords and listens on a loopback address only'),
    PORT: port.default(7330),
    NODE_ENV: z
      .string()
      .default('development')
      .refine(
        (mode) => mode !== 'production',
        'THE SANDBOX NEVER RUNS IN PRODUCTION: it is a development identity provider with public passwords',
      ),
    DATA_DIR: z.string().default('.mappa/sandbox'),
    PUBLIC_URL: httpUrl.optional(),
  })
  .transform((env) => ({
    host: env.HOST,
    port: env.PORT,
    logLevel: env.LOG_LEVEL,
    dataDir: env.DATA_DIR,
    publicUrl: env.PUBLIC_URL ?? `http://${env.HOST}:${env.PORT}`,
  }));

/** Where the sandbox listens, keeps its files, and which base address it tells its clients (no slash at the end). */
export type Config = z.infer<typeof environment>;

/** @throws ConfigurationError naming every problem; always when NODE_ENV is `production` or HOST is not loopback */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  return readEnv(environment, env);
}

/** Injection token of the Config. */
export const CONFIG = Symbol('Config');
