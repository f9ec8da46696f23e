import { BackgroundLoop, everySoOften, LOGGER, type Logger } from '#platform';
import { Module } from '@nestjs/common';
import { Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { exposeConflictDays } from './conflict-days.ts';
import { SealedController } from './sealed.controller.ts';
import { sealingTurn } from './sealing-loop.ts';

const pollMs = 1_000;
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
          run: everySoOften(pollMs, () => sealingTurn({ db, clock, logger })),
        });
      },
    },
  ],
})
export class SealingModule {}
