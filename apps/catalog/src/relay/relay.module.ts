import { randomUUID } from 'node:crypto';
import { topics } from '#contracts';
import { createKafka, ensureTopics, Producer } from '#messaging';
import { BackgroundLoop, HealthChecks, LOGGER, run, sql, whileListening, type Logger } from '#platform';
import { Inject, Module } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import type { CatalogConfig } from '../config.ts';
import { CONFIG } from '../config.module.ts';
import { connectionTimeoutMs, requestTimeoutMs } from './lease.ts';
import { relay, type RelayOptions } from './relay.ts';
import { sendRows } from './send-rows.ts';
import { Wake } from './wake.ts';

/** Copies the change log to Kafka as long as the app runs. */
@Module({
  providers: [
    {
      provide: BackgroundLoop,
      inject: [CONFIG, DataSource, LOGGER, Registry],
      useFactory: (config: CatalogConfig, db: DataSource, logger: Logger, registry: Registry) => {
        exposeLag(db, registry);
        return new BackgroundLoop({
          name: 'relay',
          logger,
          registry,
          backoff: { firstMs: 100, longestMs: 2_000 },
          run: relayLoop(config, db, logger),
        });
      },
    },
  ],
})
export class RelayModule {
  constructor(@Inject(HealthChecks) health: HealthChecks, @Inject(DataSource) db: DataSource) {
    health.register('database', () => run(db, sql`select 1`));
  }
}

function relayLoop(
  { DATABASE_URL, KAFKA_BROKERS, KAFKA_REPLICATION }: CatalogConfig,
  db: DataSource,
  logger: Logger,
) {
  const holder = randomUUID();
  return async (signal: AbortSignal, turned: () => void): Promise<void> => {
    const wake = new Wake();
    const kafka = createKafka(KAFKA_BROKERS, 'catalog-relay', logger, {
      requestTimeoutMs,
      connectionTimeoutMs,
    });
    const producer = new Producer(kafka, requestTimeoutMs);
    const specs = Object.values(topics).map(({ name, ...topic }) => ({
      ...topic,
      topic: name,
      replicationFactor: KAFKA_REPLICATION,
    }));
    try {
      const connect = async (): Promise<void> => {
        await ensureTopics(kafka, specs, { signal, timeoutMs: requestTimeoutMs });
        await producer.connect();
      };
      const send: RelayOptions['send'] = (epoch, rows) => sendRows(producer, epoch, rows);
      const options = { applicationName: 'catalog-relay', logger };
      await whileListening(
        DATABASE_URL,
        'change_log',
        () => wake.ring(),
        signal,
        options,
        (stop) => relay({ db, holder, wake, logger, connect, send }, stop, turned),
      );
    } finally {
      await producer.disconnect().catch(() => undefined);
    }
  };
}

function exposeLag(db: DataSource, registry: Registry): void {
  registry.registerMetric(
    new Gauge({
      name: 'relay_lag_changes',
      help: 'Rows of the change log that Kafka has not acknowledged',
      registers: [],
      async collect() {
        const [row] = await run<{ lag: number }>(
          db,
          sql`
          select coalesce((select max(position) from change_log), 0) - cursor as lag from relay`,
        );
        this.set(row?.lag ?? 0);
      },
    }),
  );
}
