import type { Toxic } from '../support/servers/toxiproxy.ts';
import { chanceOf, type Chance } from './chance.ts';

export const mortals = ['catalog', 'connector-1', 'connector-2', 'kafka', 'postgres', 'sandbox'] as const;
export type MortalName = (typeof mortals)[number];
export const wires = [
  'crm',
  'cmis',
  'scim',
  'webhook',
  'kafka',
  'postgres-catalog',
  'postgres-1',
  'postgres-2',
] as const;
export type Wire = (typeof wires)[number];
export const servers = ['crm', 'cmis', 'scim', 'webhook'] as const;
export type ServerName = (typeof servers)[number];

/** What goes wrong, after so many milliseconds, and for how long. */
export type Fault = { readonly atMs: number; readonly forMs: number } & (
  | { readonly kind: 'kill'; readonly name: MortalName }
  | { readonly kind: 'wire'; readonly wire: Wire; readonly toxic: Toxic }
  | {
      readonly kind: 'server';
      readonly server: ServerName;
      readonly fault: Readonly<Record<string, string | number>>;
    }
  /** Some code of the map, chosen when it happens: refused for good, or choked on. */
  | { readonly kind: 'poison'; readonly server: ServerName; readonly how: 'refuseCode' | 'chokeOn' }
);

export interface Schedule {
  readonly faults: readonly Fault[];
  /** When each revision is published, unless the one before takes longer. */
  readonly publications: readonly number[];
}

const faultCount = 14;
const revisions = 7;

/** What happens in a run: the same for the same seed. */
export function scheduleOf(seed: number, lastsMs: number): Schedule {
  const chance = chanceOf(seed);
  const at = (): number => chance.between(0, lastsMs);
  const faults = Array.from({ length: faultCount }, () => aFault(chance, at()));
  const publications = Array.from({ length: revisions }, (_, i) => Math.round((i * lastsMs) / revisions));
  return { faults: faults.sort((a, b) => a.atMs - b.atMs), publications };
}

/**
 * The servers whose answers a fault may have lost; null for all of them. What becomes of the catalog or of Kafka loses none.
 */
export function reachOf(fault: Fault): (ServerName | null)[] {
  if (fault.kind === 'server' || fault.kind === 'poison') return [fault.server];
  const what = fault.kind === 'kill' ? fault.name : fault.wire;
  if (what === 'catalog' || what === 'kafka' || what === 'postgres-catalog') return [];
  return [servers.find((server) => server === what) ?? null];
}

function aFault(chance: Chance, atMs: number): Fault {
  const kind = chance.pick(['kill', 'kill', 'kill', 'wire', 'wire', 'wire', 'server', 'poison']);
  const when = { atMs, forMs: chance.between(200, 4_000) };
  switch (kind) {
    case 'kill':
      return { ...when, kind, name: chance.pick(mortals) };
    case 'wire':
      return { ...when, kind, wire: chance.pick(wires), toxic: aToxic(chance) };
    case 'poison':
      return { ...when, kind, server: chance.pick(servers), how: chance.pick(['refuseCode', 'chokeOn']) };
    default:
      return { ...when, kind: 'server', server: chance.pick(servers), fault: aServerFault(chance) };
  }
}

function aToxic(chance: Chance): Toxic {
  const stream = chance.pick<'upstream' | 'downstream'>(['upstream', 'downstream']);
  return chance.pick<Toxic>([
    { type: 'down' },
    { type: 'latency', stream, attributes: { latency: chance.between(50, 800), jitter: 50 } },
    { type: 'timeout', stream, attributes: { timeout: chance.between(300, 3_000) } },
    { type: 'reset_peer', stream, attributes: { timeout: chance.between(0, 200) } },
    { type: 'bandwidth', stream, attributes: { rate: chance.between(2, 50) } },
    { type: 'limit_data', stream, attributes: { bytes: chance.between(0, 3_000) } },
    { type: 'slicer', stream, attributes: { average_size: 50, size_variation: 20, delay: 20_000 } },
  ]);
}

const aServerFault = (chance: Chance): Readonly<Record<string, string | number>> =>
  chance.pick<Readonly<Record<string, string | number>>>([
    { status: 503 },
    { status: 429, retryAfter: 1 },
    { status: 500, times: chance.between(1, 5) },
    { drop: 'after', times: chance.between(1, 5) },
    { drop: 'before', times: chance.between(1, 5) },
    { delayMs: chance.between(50, 4_000) },
  ]);
