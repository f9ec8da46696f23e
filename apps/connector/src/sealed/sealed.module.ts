import { Module } from '@nestjs/common';
import { Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { BackgroundLoop, LOGGER, everySoOften, type Logger } from '#platform';
import type { ConnectorConfig } from '../config.ts';
import { CONFIG } from '../config.module.ts';
import { DeliveryModule } from '../delivery/delivery.module.ts';
import { DriverCabinet } from '../delivery/driver-cabinet.ts';
import { MetricsModule } from '../metrics/metrics.module.ts';
import { CatalogClient } from '../intake/catalog-client.ts';
import { followSealed } from './follow-sealed.ts';
import { SealedController } from './sealed.controller.ts';
import { workSealed } from './work-sealed.ts';

const LOOP = Symbol('loop of sealed sets');

const turnMs = 60_000;
const limits = { targetMs: 30_000, systemMs: 120_000 };

@Module({
  imports: [MetricsModule, DeliveryModule],
  controllers: [SealedController],
  providers: [
    {
      provide: LOOP,
      inject: [CONFIG, DataSource, DriverCabinet, LOGGER, Registry],
      useFactory: (
        { CATALOG_URL, SEALED_POLL_MS, REHEARSE_SEALED_MS: everyMs }: ConnectorConfig,
        db: DataSource,
        drivers: DriverCabinet,
        logger: Logger,
        registry: Registry,
      ) => {
        const catalog = new CatalogClient(CATALOG_URL);
        const rehearsing = { everyMs, turnMs };
        return new BackgroundLoop({
          name: 'sealed',
          logger,
          registry,
          run: everySoOften(SEALED_POLL_MS, async (signal) => {
            await followSealed(db, catalog, signal).catch((error: unknown) => {
              if (!signal.aborted) logger.warn({ err: error }, 'the catalog does not say what is sealed');
            });
            await workSealed({ db, catalog, drivers, logger, limits, rehearsing, signal });
          }),
        });
      },
    },
  ],
})
export class SealedModule {}
