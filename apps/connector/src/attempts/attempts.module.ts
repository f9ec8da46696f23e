import { Module } from '@nestjs/common';
import { Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { BackgroundLoop, everySoOften, LOGGER, type Logger } from '#platform';
import { AttemptsController } from './attempts.controller.ts';
import { forgetAttempts } from './forget-attempts.ts';

const LOOP = Symbol('loop that forgets attempts');

const keptDays = 30;
const everyMs = 60_000;
const mostAtOnce = 10_000;

@Module({
  controllers: [AttemptsController],
  providers: [
    {
      provide: LOOP,
      inject: [DataSource, LOGGER, Registry],
      useFactory: (db: DataSource, logger: Logger, registry: Registry) =>
        new BackgroundLoop({
          name: 'forget-attempts',
          logger,
          registry,
          run: everySoOften(everyMs, () => forgetAttempts(db, keptDays, mostAtOnce)),
        }),
    },
  ],
})
export class AttemptsModule {}
