import { Module } from '@nestjs/common';
import { Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { BackgroundLoop, LOGGER, whileListening, type Logger } from '#platform';
import type { ConnectorConfig } from '../config.ts';
import { CONFIG } from '../config.module.ts';
import { Alarm } from '../delivery/alarm.ts';
import { DeliveryModule } from '../delivery/delivery.module.ts';
import { DriverCabinet } from '../delivery/driver-cabinet.ts';
import { driftChannel } from './ask-check.ts';
import { driftLoop } from './drift-loop.ts';
import { ownErrorCounter } from '../metrics/own-errors.ts';
import { DriftController } from './drift.controller.ts';
import { mendedMs } from './owed-looks.ts';

const LOOP = Symbol('drift loop');

/** What is due is looked for so often; what somebody asks for is begun at once. */
const pollMs = 15_000;
const longestAgainMs = 600_000;

@Module({
  imports: [DeliveryModule],
  controllers: [DriftController],
  providers: [
    {
      provide: LOOP,
      inject: [CONFIG, DataSource, DriverCabinet, LOGGER, Registry],
      useFactory: (
        config: ConnectorConfig,
        dataSource: DataSource,
        drivers: DriverCabinet,
        logger: Logger,
        registry: Registry,
      ) =>
        new BackgroundLoop({
          name: 'drift',
          logger,
          registry,
          run: (signal, turned) => {
            const alarm = new Alarm();
            const options = { applicationName: 'connector-drift', logger };
            const everyMs = config.DRIFT_EVERY_MS;
            const settings = {
              everyMs,
              mendedMs: Math.min(mendedMs, everyMs),
              againMs: Math.min(longestAgainMs, everyMs),
              // A page may take as long as a request.
              leaseMs: config.REQUEST_TIMEOUT_MS + config.SYSTEM_LEASE_MS,
            };
            const onOwnError = ownErrorCounter(registry, 'drift');
            const context = { dataSource, drivers, logger, settings, onOwnError };
            return whileListening(
              config.DATABASE_URL,
              driftChannel,
              () => alarm.ring(),
              signal,
              options,
              (stop) => driftLoop(context, alarm, pollMs, stop, turned),
            );
          },
        }),
    },
  ],
})
export class DriftModule {}
