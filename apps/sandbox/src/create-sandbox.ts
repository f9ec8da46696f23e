import { createHttpApp, type HttpApp, type Logger } from '#platform';
import type { Config } from './config.ts';
import { SandboxModule } from './sandbox.module.ts';

/** A batch of 200 records with the longest titles fits. */
const bodyLimitBytes = 16 * 1024 * 1024;

/** The whole sandbox below one port. */
export async function createSandbox(config: Config, logger: Logger): Promise<HttpApp> {
  const { host, port } = config;
  return createHttpApp(SandboxModule.forRoot(config, logger), {
    name: 'sandbox',
    host,
    port,
    logger,
    bodyLimitBytes,
    authentication: 'own',
  });
}
