import { Inject, Module, type BeforeApplicationShutdown } from '@nestjs/common';
import { Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { BackgroundLoop, listen, LOGGER, type Logger } from '#platform';
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
          run: async (signal, turned) => {
            const ended = new AbortController();
            const stop = AbortSignal.any([signal, ended.signal]);
            const options = { applicationName: 'connector-live', logger };
            await listen(config.DATABASE_URL, liveChannel, () => alarm.ring(), stop, options);
            await watchTargets(db, hub, alarm, stop, turned).finally(() => ended.abort());
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
