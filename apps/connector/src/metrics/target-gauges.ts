import { Gauge, type Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import { onceAMoment } from './once-a-moment.ts';
import { sumUpTargets, type SummedUp } from './summed-up.ts';

type Measure = (targets: readonly SummedUp[]) => number;

const measures: readonly { readonly name: string; readonly help: string; readonly of: Measure }[] = [
  {
    name: 'connector_lag_changes',
    help: 'Most changes that a target of this driver lacks',
    of: (targets) => Math.max(...targets.map(({ lagChanges }) => lagChanges)),
  },
  {
    name: 'connector_lag_seconds',
    help: 'Longest time that a target of this driver is behind',
    of: (targets) => Math.max(...targets.map(({ lagSeconds }) => lagSeconds)),
  },
  {
    name: 'connector_stuck',
    help: 'Concepts that targets of this driver do not take',
    of: (targets) => targets.reduce((sum, { stuck }) => sum + stuck, 0),
  },
  {
    name: 'connector_stuck_age_seconds',
    help: 'Longest time for which a target of this driver does not take a concept',
    of: (targets) => Math.max(...targets.map(({ stuckAgeSeconds }) => stuckAgeSeconds)),
  },
  {
    name: 'connector_drift',
    help: 'Records that the last checks of targets of this driver found missing, altered or twice',
    of: (targets) => targets.reduce((sum, { drift }) => sum + drift, 0),
  },
  {
    name: 'connector_drift_held',
    help: 'Those of them that nothing mends by itself: held for an operator, or only reported',
    of: (targets) => targets.reduce((sum, { driftHeld }) => sum + driftHeld, 0),
  },
  {
    name: 'connector_drift_recurring',
    help: 'Records that were mended three times in a row or more: something at the target changes them each time',
    of: (targets) => targets.reduce((sum, { recurring }) => sum + recurring, 0),
  },
  {
    name: 'connector_verified_age_seconds',
    help: 'Longest time since a target of this driver was read back and equal; those that never were are not in it',
    of: (targets) => Math.max(...targets.map(({ verifiedAgeSeconds }) => verifiedAgeSeconds)),
  },
  {
    name: 'connector_never_verified',
    help: 'Targets of this driver that were never read back and found equal',
    of: (targets) => targets.reduce((sum, { neverVerified }) => sum + neverVerified, 0),
  },
  {
    name: 'connector_not_adding_up',
    help: 'Targets of this driver whose ledger is not the map after everything was compared and sent',
    of: (targets) => targets.reduce((sum, { notAddingUp }) => sum + notAddingUp, 0),
  },
];

/** Gauges over all targets by driver, so that the number of series does not grow with the number of targets. */
export function exposeTargets(registry: Registry, dataSource: DataSource): void {
  const read = onceAMoment(() => sumUpTargets(dataSource));
  for (const { name, help, of } of measures) {
    registry.registerMetric(
      new Gauge({
        name,
        help,
        labelNames: ['driver'] as const,
        registers: [],
        async collect() {
          this.reset();
          for (const [driver, rows] of Map.groupBy(await read(), (row) => row.driver))
            this.set({ driver }, of(rows));
        },
      }),
    );
  }
  registry.registerMetric(
    new Gauge({
      name: 'connector_targets',
      help: 'Targets by driver and state',
      labelNames: ['driver', 'state'] as const,
      registers: [],
      async collect() {
        this.reset();
        for (const { driver, state, targets } of await read()) this.set({ driver, state }, targets);
      },
    }),
  );
}
