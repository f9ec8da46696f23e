import { Inject, Module, type BeforeApplicationShutdown } from '@nestjs/common';
import { Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { BackgroundLoop, LOGGER, whileListening, type Logger } from '#platform';
import type { ConnectorConfig } from '../config.ts';
import { CONFIG } from '../config.module.ts';
import { Alarm } from '../delivery/alarm.ts';
import { LiveController } from './live.controller.ts';
import { LiveHub } from './live-hub.ts';
import { liveChannel, watchTargets } from './watch.ts';

const LOOP = Symbol('live loop');

@Module({
  controllers: [LiveController],
  providers: [
    { provide: LiveHub, useFactory: () => new LiveHub() },
    { provide: Alarm, useFactory: () => new Alarm() },
    {
      provide: LOOP,
      inject: [CONFIG, DataSource, LiveHub, Alarm, LOGGER, Registry],
      useFactory: (
        config: ConnectorConfig,
        db: DataSource,
        hub: LiveHub,
        alarm: Alarm,
        logger: Logger,
        registry: Registry,
      ) =>
        new BackgroundLoop({
          name: 'live',
          logger,
          registry,
          run: (signal, turned) => {
            const options = { applicationName: 'connector-live', logger };
            return whileListening(
              config.DATABASE_URL,
              liveChannel,
              () => alarm.ring(),
              signal,
              options,
              (stop) => watchTargets(db, hub, alarm, stop, turned),
            );
          },
        }),
    },
  ],
})
export class LiveModule implements BeforeApplicationShutdown {
  constructor(@Inject(LiveHub) private readonly hub: LiveHub) {}

  beforeApplicationShutdown(): void {
    this.hub.end();
  }
}
