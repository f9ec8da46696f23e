import { BackgroundLoop, LOGGER, run, sql, waitOrStop, type Logger } from '#platform';
import { Module } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { today } from '../publication/effective-date.ts';
import { isDue } from './next-night.ts';
import { holds, verifyMap } from './verify-map.ts';

const pollMs = 60_000;

/** Computes every map in force anew once a night, since publications trust the stored hashes beside what they change. */
@Module({
  providers: [
    {
      provide: 'verification loop',
      inject: [DataSource, LOGGER, Registry],
      useFactory: (db: DataSource, logger: Logger, registry: Registry) => {
        const differs = new Gauge({
          name: 'map_hash_differs',
          help: '1 where the entries in force do not have the published content hash; looked at once a night',
          labelNames: ['scheme'] as const,
          registers: [registry],
        });
        return new BackgroundLoop({
          name: 'verification',
          logger,
          registry,
          run: async (signal, turned) => {
            for (let lastDay: string | null = null; !signal.aborted;) {
              if (isDue(new Date(), lastDay)) {
                await verifyAll(db, logger, differs);
                lastDay = today(new Date());
              }
              turned();
              await waitOrStop(pollMs, signal);
            }
          },
        });
      },
    },
  ],
})
export class VerificationModule {}

async function verifyAll(db: DataSource, logger: Logger, differs: Gauge<'scheme'>): Promise<void> {
  for (const { id: scheme } of await run<{ id: string }>(db, sql`select id from scheme`)) {
    const verdict = await verifyMap(db, scheme);
    if (!verdict) continue;
    differs.set({ scheme }, holds(verdict) ? 0 : 1);
    const { wrongNodes, ...hashes } = verdict;
    const told = { scheme, ...hashes, wrongNodes: wrongNodes.slice(0, 10) };
    if (holds(verdict)) logger.info(told, 'the map in force has its published hash');
    else logger.error(told, 'the map in force does not have its published hash');
  }
}
