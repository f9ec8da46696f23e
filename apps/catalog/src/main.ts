import 'reflect-metadata';
import { createHttpApp, createLogger, readEnv, runProcess, serveOpenApi } from '#platform';
import { AppModule } from './app.module.ts';
import { catalogEnv } from './config.ts';

const config = readEnv(catalogEnv);
const logger = createLogger('catalog', config.LOG_LEVEL);
const app = await createHttpApp(AppModule.forRoot(config, logger), {
  name: 'catalog',
  host: config.HOST,
  port: config.PORT,
  logger,
  bodyLimitBytes: config.BODY_LIMIT,
});
serveOpenApi(app.nest, {
  title: 'Mappa catalog',
  description: 'Owns the map of processes: drafts, publication, reading.',
  version: '1',
});
await runProcess(app, logger);
