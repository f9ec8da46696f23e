import { Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { topics } from '#contracts';
import { connectTransport, createKafka, ensureTopics, MappaKafkaTransport } from '#messaging';
import { createHttpApp, run, serveOpenApi, sql, type HttpApp, type Logger } from '#platform';
import { AppModule } from './app.module.ts';
import type { ConnectorConfig } from './config.ts';

/** Ten thousand targets are about 3 MB. */
const largestTargetsFile = 8 * 1024 * 1024;

/** The whole connector: operations API, intake from Kafka, delivery. */
export async function createConnector(config: ConnectorConfig, logger: Logger): Promise<HttpApp> {
  const { HOST, PORT, KAFKA_BROKERS, KAFKA_REPLICATION } = config;
  const app = await createHttpApp(AppModule.forRoot(config, logger), {
    name: 'connector',
    host: HOST,
    port: PORT,
    logger,
    bodyLimitBytes: largestTargetsFile,
  });
  serveOpenApi(app.nest, {
    title: 'Mappa connector',
    description: 'Keeps every target equal to the map, and shows operators how it stands.',
    version: '1',
  });
  const kafka = createKafka(KAFKA_BROKERS, 'connector', logger);
  const groupId = await readGroupId(app.nest.get(DataSource));
  const registry = app.nest.get<Registry>(Registry, { strict: false });
  connectTransport(
    app.nest,
    new MappaKafkaTransport({ kafka, groupId, fromBeginning: true, logger, registry }),
  );
  const stopping = new AbortController();
  const specs = [topics.changes, topics.revisions].map(({ name, ...topic }) => ({
    ...topic,
    topic: name,
    replicationFactor: KAFKA_REPLICATION,
  }));
  const startIntake = async (): Promise<void> => {
    await ensureTopics(kafka, specs, { timeoutMs: Infinity, signal: stopping.signal });
    await app.nest.startAllMicroservices();
  };
  return {
    nest: app.nest,
    start: async () => {
      const address = await app.start();
      // Operations and delivery do not need the broker, so they do not wait for it.
      startIntake().catch((error: unknown) => {
        if (!stopping.signal.aborted) throw error;
      });
      return address;
    },
    stop: () => {
      stopping.abort();
      return app.stop();
    },
  };
}

/** Named after the database, so that an empty one reads the topics from their beginning. */
async function readGroupId(dataSource: DataSource): Promise<string> {
  const [installation] = await run<{ id: string }>(dataSource, sql`select id from installation`);
  if (!installation) throw new Error('the database has no installation id; run the migrations');
  return `mappa-connector-${installation.id}`;
}
