import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpuSeconds } from './cpu-seconds.ts';
import { hammer, type Load } from './hammer.ts';
import { median } from './statistics.ts';

const rounds = 7;
const map = '/api/v1/schemes/processi-camerali';

/** What is asked, and the headers that a client with a token and a cache sends. */
export interface ReadStage {
  readonly catalog: string;
  readonly token: string;
  readonly catalogPid: number;
}

/** Reads beside bare Fastify with the same bytes, in turn, each server in a process of its own: requests a second, and their ratio. */
export async function readSpeed({ catalog, token, catalogPid }: ReadStage): Promise<Record<string, number>> {
  const headers = { authorization: `Bearer ${token}` };
  const entry = { path: `${map}/entries/A1.1.1.4`, connections: 8, pipelined: 8, forMs: 1_000 };
  const tree = { path: `${map}/tree`, connections: 4, pipelined: 1, forMs: 1_000 };
  const figures: Record<string, number> = {};
  for (const [name, load] of Object.entries({ entry, tree })) {
    const body = await (await fetch(catalog + load.path)).text();
    const bare = fork(new URL('bare-server.ts', import.meta.url), { execArgv: [] });
    try {
      const alone = await addressOf(bare, body);
      const [ours, theirs, ratios, cpuRatios]: number[][] = [[], [], [], []];
      for (let round = 0; round <= rounds; round++) {
        const plain = await measured({ ...load, address: alone, path: '/', headers }, bare.pid ?? 0);
        const full = await measured({ ...load, address: catalog, headers }, catalogPid);
        // The first round warms up both.
        if (round === 0) continue;
        theirs?.push(plain.perSecond);
        ours?.push(full.perSecond);
        ratios?.push(full.perSecond / plain.perSecond);
        cpuRatios?.push(full.perCpuSecond / plain.perCpuSecond);
      }
      figures[`read_${name}_per_s`] = median(ours ?? []);
      figures[`read_${name}_bare_per_s`] = median(theirs ?? []);
      figures[`read_${name}_ratio`] = median(ratios ?? []);
      figures[`read_${name}_cpu_ratio`] = median(cpuRatios ?? []);
    } finally {
      bare.kill();
    }
  }
  return figures;
}

/** Answers a second, and a second of the server's processor, which others on the machine disturb less. */
async function measured(load: Load, pid: number): Promise<{ perSecond: number; perCpuSecond: number }> {
  const before = cpuSeconds(pid);
  const perSecond = await hammer(load);
  return { perSecond, perCpuSecond: (perSecond * load.forMs) / 1_000 / (cpuSeconds(pid) - before) };
}

async function addressOf(server: ChildProcess, body: string): Promise<string> {
  server.send(body);
  const [address]: unknown[] = await once(server, 'message');
  return String(address);
}
