import 'reflect-metadata';
import { createHttpApp, createLogger, type HttpApp, type Role } from '#platform';
import { IdentityProvider } from '../../../../test/support/identity-provider.ts';
import { AppModule } from '../app.module.ts';
import { catalogEnv } from '../config.ts';
import { catalogDatabase, type CatalogDatabase } from './catalog-database.ts';
import { publishSeed } from './seed.ts';

/** The catalog's API on a database of its own that holds the seed map, for a test file. */
export interface SeededApi extends CatalogDatabase {
  readonly app: HttpApp;
  /** Address below which the API stands: `http://127.0.0.1:…/api/v1`. */
  readonly api: string;
  token(subject: string, ...roles: Role[]): Promise<string>;
}

export async function seededApi(environment: Record<string, string> = {}): Promise<SeededApi> {
  const [database, identityProvider] = await Promise.all([catalogDatabase(), IdentityProvider.start()]);
  await publishSeed(database.db);
  const logger = createLogger('test', 'silent');
  const config = catalogEnv.parse({
    PORT: '0',
    DATABASE_URL: database.appUrl,
    // Nobody is there: the API works while Kafka is away, and no other test sees these events.
    KAFKA_BROKERS: '127.0.0.1:1',
    OIDC_ISSUER: identityProvider.issuer,
    ...environment,
  });
  const app = await createHttpApp(AppModule.forRoot(config, logger), {
    name: 'catalog',
    host: '127.0.0.1',
    port: 0,
    logger,
  });
  return {
    ...database,
    app,
    api: `${await app.start()}/api/v1`,
    token: (subject, ...roles) => identityProvider.token(roles, { sub: subject }),
    close: async () => {
      await app.stop();
      await identityProvider.goAway();
      await database.close();
    },
  };
}
