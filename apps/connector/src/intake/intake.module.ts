import { Inject, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { createKafka } from '#messaging';
import { BackgroundLoop, HealthChecks, LOGGER, run, sql, waitOrStop, type Logger } from '#platform';
import type { ConnectorConfig } from '../config.ts';
import { CONFIG } from '../config.module.ts';
import { StageTimes } from '../metrics/stage-times.ts';
import { MetricsModule } from '../metrics/metrics.module.ts';
import { CatalogClient } from './catalog-client.ts';
import { DeadLetters } from './dead-letters.ts';
import { IntakeController } from './intake.controller.ts';
import { Intake } from './intake.ts';
import { learnRevisions, repairOnce } from './repair.ts';

const REPAIR = Symbol('repair loop');
const learnEveryMs = 5_000;

@Module({
  imports: [MetricsModule],
  controllers: [IntakeController],
  providers: [
    {
      provide: Intake,
      inject: [DataSource, LOGGER, StageTimes],
      useFactory: (dataSource: DataSource, logger: Logger, times: StageTimes) =>
        new Intake(dataSource, logger, (revision) => times.observeApplied(revision)),
    },
    {
      provide: DeadLetters,
      inject: [CONFIG, LOGGER],
      useFactory: ({ KAFKA_BROKERS, KAFKA_REPLICATION }: ConnectorConfig, logger: Logger) =>
        new DeadLetters(
          createKafka(KAFKA_BROKERS, 'connector-dead-letters', logger),
          KAFKA_REPLICATION,
          logger,
        ),
    },
    {
      provide: REPAIR,
      inject: [CONFIG, DataSource, Intake, LOGGER, Registry],
      useFactory: (
        { CATALOG_URL, HOLE_MS }: ConnectorConfig,
        dataSource: DataSource,
        intake: Intake,
        logger: Logger,
        registry: Registry,
      ) => {
        const catalog = new CatalogClient(CATALOG_URL);
        return new BackgroundLoop({
          name: 'repair',
          logger,
          registry,
          run: async (signal, turned) => {
            for (let learntAt = -Infinity; !signal.aborted;) {
              if (performance.now() - learntAt > learnEveryMs) {
                learntAt = performance.now();
                await learnRevisions({ dataSource, catalog, intake, signal }).catch((error: unknown) =>
                  logger.warn({ err: error }, 'the catalog does not say which revisions there are'),
                );
              }
              const didFetch = await repairOnce({
                dataSource,
                catalog,
                intake,
                holeMs: HOLE_MS,
                logger,
                signal,
              });
              turned();
              await waitOrStop(didFetch ? HOLE_MS : Math.min(HOLE_MS, 1_000), signal);
            }
          },
        });
      },
    },
  ],
})
export class IntakeModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(DeadLetters) private readonly deadLetters: DeadLetters,
    @Inject(HealthChecks) private readonly health: HealthChecks,
    @Inject(DataSource) private readonly dataSource: DataSource,
  ) {}

  onModuleInit(): void {
    this.health.register('database', () => run(this.dataSource, sql`select 1`));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.deadLetters.close();
  }
}
