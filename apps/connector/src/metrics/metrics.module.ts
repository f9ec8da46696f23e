import { Module } from '@nestjs/common';
import { Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { exposeReplica } from './replica-gauges.ts';
import { StageTimes } from './stage-times.ts';
import { exposeTargets } from './target-gauges.ts';

@Module({
  providers: [
    {
      provide: StageTimes,
      inject: [Registry, DataSource],
      useFactory: (registry: Registry, dataSource: DataSource) => {
        exposeTargets(registry, dataSource);
        exposeReplica(registry, dataSource);
        return new StageTimes(registry);
      },
    },
  ],
  exports: [StageTimes],
})
export class MetricsModule {}
