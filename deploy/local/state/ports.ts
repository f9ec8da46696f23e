import { join } from 'node:path';
import { z } from 'zod';
import { isFree } from '../processes/free-port.ts';
import { readJson, writeJson } from './json-file.ts';

const portNames = ['catalog', 'connector', 'sandbox', 'postgres', 'kafka', 'kafka-controller'] as const;

export const preferredPorts = {
  catalog: 7310,
  connector: 7320,
  sandbox: 7330,
  postgres: 7340,
  kafka: 7350,
  'kafka-controller': 7351,
} as const satisfies Record<PortName, number>;

export type PortName = (typeof portNames)[number];
export type Ports = Record<PortName, number>;

/** A port that could not be had, and the one used in its place. */
export interface MovedPort {
  readonly name: PortName;
  readonly preferred: number;
  readonly port: number;
}

/**
 * Chooses a port for each name: the one of last time, else the preferred one, else the first free one of those 100, 200,
 * … higher. No port twice.
 */
export async function choosePorts(
  lastTime: Partial<Ports>,
  free: (port: number) => Promise<boolean>,
): Promise<{ ports: Ports; moved: MovedPort[] }> {
  const ports: Ports = { ...preferredPorts };
  const moved: MovedPort[] = [];
  const used = new Set<number>();
  for (const name of portNames) {
    const wanted = lastTime[name] ?? preferredPorts[name];
    const port = await firstFree([wanted, ...candidates(preferredPorts[name])], used, free);
    used.add(port);
    ports[name] = port;
    if (port !== wanted) moved.push({ name, preferred: wanted, port });
  }
  return { ports, moved };
}

/** Chooses the ports of this machine and keeps them for next time. */
export async function keptPorts(home: string): Promise<{ ports: Ports; moved: MovedPort[] }> {
  const file = join(home, 'ports.json');
  const lastTime = readJson(file, z.partialRecord(z.enum(portNames), z.int().min(1).max(65_535))) ?? {};
  const chosen = await choosePorts(lastTime, isFree);
  writeJson(file, chosen.ports);
  return chosen;
}

/** Names whose port is not used, because the server is given by the environment. */
export function givenFromOutside(env: NodeJS.ProcessEnv): PortName[] {
  const postgres: PortName[] = env['DATABASE_URL'] ? ['postgres'] : [];
  return env['KAFKA_BROKERS'] ? [...postgres, 'kafka', 'kafka-controller'] : postgres;
}

function candidates(preferred: number): number[] {
  return Array.from({ length: 100 }, (_, i) => preferred + 100 * i);
}

async function firstFree(
  wanted: readonly number[],
  used: ReadonlySet<number>,
  free: (port: number) => Promise<boolean>,
): Promise<number> {
  for (const port of wanted) if (!used.has(port) && (await free(port))) return port;
  throw new Error(`no free port among ${wanted[0]}, ${wanted[1]}, …`);
}
