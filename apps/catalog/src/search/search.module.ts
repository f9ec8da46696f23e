import { BackgroundLoop, everySoOften, LOGGER, type Logger } from '#platform';
import { Module } from '@nestjs/common';
import { Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { fileWords } from './file-words.ts';

const pollMs = 1_000;

/** Files the words of what was published; until then a search reads the entries themselves. */
@Module({
  providers: [
    {
      provide: 'search loop',
      inject: [DataSource, LOGGER, Registry],
      useFactory: (db: DataSource, logger: Logger, registry: Registry) =>
        new BackgroundLoop({
          name: 'search',
          logger,
          registry,
          run: everySoOften(pollMs, (signal, turned) => fileWords(db, { signal, turned })),
        }),
    },
  ],
})
export class SearchModule {}
