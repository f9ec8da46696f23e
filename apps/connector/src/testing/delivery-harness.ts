import type { DataSource } from 'typeorm';
import { createLogger, identifier, isRefusal, run, sql } from '#platform';
import type { Connection, Driver } from '#targets';
import { DriverCabinet } from '../delivery/driver-cabinet.ts';
import { GroupRoom } from '../delivery/group-room.ts';
import { GroupWriter } from '../delivery/group-writer.ts';
import { DesiredMarks } from '../delivery/in-step.ts';
import { LeaseKeeper } from '../delivery/lease-keeper.ts';
import { News } from '../delivery/news.ts';
import { PauseWatch } from '../delivery/pause-watch.ts';
import type { ChosenPolicies } from '../delivery/policies.ts';
import { claimSystems } from '../delivery/system-lease.ts';
import { workSystem, type DeliveryContext, type DeliverySettings } from '../delivery/work-system.ts';
import { Intake } from '../intake/intake.ts';
import { applyTargets, planTargets } from '../registry/apply-targets.ts';
import type { TargetsFile } from '../registry/targets-file.ts';
import type { PublishedRevision } from './map-history.ts';

const logger = createLogger('test', 'silent');
const leaseMs = 30_000;
const requestTimeoutMs = 20_000;

/** Registers targets, each on a system of its own with the same id. */
export async function registerTargets(
  db: DataSource,
  ids: readonly string[],
  scheme: string,
  missingTitle: 'show' | 'refuse' = 'show',
  policies: ChosenPolicies = {},
): Promise<void> {
  await register(db, {
    organisations: [{ id: 'o', name: 'Ente', adopts: 'on-effective-date', wave: 1 }],
    systems: ids.map((id) => systemAt(id, `http://127.0.0.1/${id}`)),
    profiles: [{ ...profile, id: scheme, missingTitle, policies }],
    targets: ids.map((id) => ({ ...target, id, system: id, profile: scheme, scheme })),
  });
}

/** Registers targets that live on one system, `shared`. */
export async function registerOnOneSystem(
  db: DataSource,
  ids: readonly string[],
  scheme: string,
  limits: { readonly concurrency?: number } = {},
  {
    guard = 'hold',
    policies = {},
  }: { readonly guard?: 'hold' | 'off'; readonly policies?: ChosenPolicies } = {},
): Promise<void> {
  await register(db, {
    organisations: [{ id: 'o', name: 'Ente', adopts: 'on-effective-date', wave: 1 }],
    systems: [{ ...systemAt('shared', 'http://127.0.0.1'), ...limits }],
    profiles: [{ ...profile, id: scheme, guard, policies }],
    targets: ids.map((id) => ({
      ...target,
      id,
      system: 'shared',
      profile: scheme,
      scheme,
      settings: { name: id },
    })),
  });
}

/** Applies a file that names all targets which there shall be. */
async function register(db: DataSource, file: TargetsFile): Promise<void> {
  const planned = await planTargets(db, file);
  const unlist = isRefusal(planned) ? 0 : planned.filter(({ is }) => is === 'unlisted').length;
  const applied = await applyTargets(db, file, undefined, { unlist });
  if (isRefusal(applied)) throw new Error(JSON.stringify(applied.problems));
}

const systemAt = (id: string, address: string) => ({
  id,
  address,
  user: '',
  secret: 'env:TARGET_SECRET',
  concurrency: 4,
  rateLimitPerSecond: null,
  windows: [],
  blackouts: [],
});

const profile = {
  kind: 'crm',
  driver: 'simulated',
  language: 'it',
  missingTitle: 'show',
  policies: {},
  settings: {},
  offsetDays: 0,
  guard: 'hold',
} as const;
const target = { organisation: 'o', settings: {}, mode: 'on' } as const;

export async function takeIn(db: DataSource, { changes, inForce }: PublishedRevision): Promise<void> {
  const intake = new Intake(db, logger);
  await intake.takeChanges(changes, 'epoch');
  await intake.takeRevisions([inForce], 'epoch');
}

/** A delivery that speaks to the given drivers, by the last part of the address or the setting `name`. */
export function deliveryTo(
  db: DataSource,
  drivers: Readonly<Record<string, Driver>>,
  {
    retryRejectedMs: rejectedMs = 86_400_000,
    ...settings
  }: Partial<DeliverySettings & { retryRejectedMs: number }> = {},
): DeliveryContext {
  const open = (_: string, { address, settings: { name } }: Connection): Driver => {
    const driver = drivers[typeof name === 'string' ? name : address.slice(address.lastIndexOf('/') + 1)];
    if (!driver) throw new Error(`no driver for ${address}`);
    return driver;
  };
  return {
    dataSource: db,
    drivers: new DriverCabinet(db, open, async () => 'secret', 1_000),
    groups: new GroupRoom(),
    leases: new LeaseKeeper(db, settings.leaseMs ?? leaseMs, logger),
    writer: new GroupWriter(db, { rejectedMs, pausesMs: settings.pausesMs ?? [1] }, requestTimeoutMs),
    desiredMarks: new DesiredMarks(),
    pauses: new PauseWatch(db),
    news: new News(),
    logger,
    onStage: () => undefined,
    onOwnError: () => undefined,
    settings: { leaseMs, pausesMs: [1], stopGraceMs: 10, ...settings },
  };
}

/** Works every system that has work and may be asked now, until none is left. */
export async function deliverAll(
  context: DeliveryContext,
  signal = new AbortController().signal,
): Promise<void> {
  for (let turns = 0; turns < 100 && !signal.aborted; turns++) {
    const holder = crypto.randomUUID();
    const claimedAt = performance.now();
    const [system] = await claimSystems(context.dataSource, holder, context.settings.leaseMs, 1);
    if (!system) return;
    await workSystem(context, system, holder, claimedAt, signal);
  }
  if (!signal.aborted) throw new Error('the delivery does not come to rest');
}

/** As after the migrations. */
export async function emptyDatabase(db: DataSource): Promise<void> {
  const tables = [
    'sealed_set',
    'not_ours',
    'drift_finding',
    'drift_check',
    'stuck',
    'skip',
    'consumer',
    'link',
    'target',
    'adoption',
    'rollout',
    'rollout_rule',
    'halt',
    'profile',
    'system',
    'organisation',
    'node',
    'entry',
    'withdrawn_entry',
    'succession',
    'replica_repair',
  ];
  for (const table of [...tables, 'received_change', 'revision', 'log_epoch']) {
    await run(db, sql`delete from ${identifier(table)}`);
  }
}

/** The pauses of all systems and targets are over. */
export async function endPauses(db: DataSource): Promise<void> {
  await run(db, sql`update system set retry_at = null`);
  await run(db, sql`update target set retry_at = null`);
}

/** The leases that a killed process left behind have run out. */
export async function endLeases(db: DataSource): Promise<void> {
  await run(
    db,
    sql`update system set lease_until = now() - interval '1 second' where lease_until is not null`,
  );
}
