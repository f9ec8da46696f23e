import { BackgroundLoop, LOGGER, type Logger } from '#platform';
import { Module } from '@nestjs/common';
import { Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { exposeConflictDays } from './conflict-days.ts';
import { SealedController } from './sealed.controller.ts';
import { sealingLoop } from './sealing-loop.ts';

const clock = (): Date => new Date();

/** Brings sealed sets into force on their day, and keeps them on what is in force until then. */
@Module({
  controllers: [SealedController],
  providers: [
    {
      provide: 'sealing loop',
      inject: [DataSource, LOGGER, Registry],
      useFactory: (db: DataSource, logger: Logger, registry: Registry) => {
        exposeConflictDays(db, registry, clock);
        return new BackgroundLoop({
          name: 'sealing',
          logger,
          registry,
          run: (signal, turned) => sealingLoop({ db, clock, logger }, signal, turned),
        });
      },
    },
  ],
})
export class SealingModule {}
