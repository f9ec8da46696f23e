import 'reflect-metadata';
import { createLogger, readEnv, runProcess } from '#platform';
import { connectorEnv } from './config.ts';
import { createConnector } from './create-connector.ts';

const config = readEnv(connectorEnv);
const logger = createLogger('connector', config.LOG_LEVEL);
await runProcess(await createConnector(config, logger), logger);
