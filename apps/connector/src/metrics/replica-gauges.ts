import { Gauge, type Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import { run, sql } from '#platform';
import { onceAMoment } from './once-a-moment.ts';

interface Replica {
  readonly scheme: string;
  readonly revision: number;
  readonly waitingSeconds: number;
}

/** Where the replica of each map is, and how long a revision that is known waits to be complete. */
export function exposeReplica(registry: Registry, db: DataSource): void {
  const read = onceAMoment(() => readReplicas(db));
  const gauges = [
    {
      name: 'connector_replica_revision',
      help: 'Highest revision of a map that the replica holds',
      of: ({ revision }: Replica) => revision,
    },
    {
      name: 'connector_replica_waiting_seconds',
      help: 'Age of the oldest revision of a map that is known and not complete; 0: there is none',
      of: ({ waitingSeconds }: Replica) => waitingSeconds,
    },
  ];
  for (const { name, help, of } of gauges) {
    registry.registerMetric(
      new Gauge({
        name,
        help,
        labelNames: ['scheme'] as const,
        registers: [],
        async collect() {
          this.reset();
          for (const replica of await read()) this.set({ scheme: replica.scheme }, of(replica));
        },
      }),
    );
  }
}

const readReplicas = (db: DataSource): Promise<Replica[]> =>
  run<Replica>(
    db,
    sql`select scheme, coalesce(max(number) filter (where applied_at is not null), 0) as revision,
          coalesce(extract(epoch from now() - min(received_at) filter (where applied_at is null)), 0)::float8 as "waitingSeconds"
        from revision group by scheme`,
  );
