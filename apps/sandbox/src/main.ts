import 'reflect-metadata';
import { createLogger, runProcess } from '#platform';
import { readConfig } from './config.ts';
import { createSandbox } from './create-sandbox.ts';

const config = readConfig(process.env);
const logger = createLogger('sandbox', config.logLevel);
logger.warn(
  'SANDBOX: A DEVELOPMENT IDENTITY PROVIDER AND SIMULATED SYSTEMS WITH PUBLIC PASSWORDS. NEVER EXPOSE IT TO A NETWORK.',
);
await runProcess(await createSandbox(config, logger), logger);
