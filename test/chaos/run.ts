import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { chanceOf } from './chance.ts';
import type { Disturbance } from './check.ts';
import { benchClient } from '../bench/bench-client.ts';
import { mapInForce, publishNext } from './publisher.ts';
import { violationsAt } from './read-targets.ts';
import { reachOf, scheduleOf, type Fault } from './schedule.ts';
import { startChaosStack, type ChaosStack } from './stack.ts';
import { chaosTargets } from './targets.ts';

/** Faults and publications happen in this time. */
const stormMs = 18_000;
/** After the last fault everything is in step within this time. */
const calmMs = 45_000;

export interface ChaosRun {
  readonly seed: number;
  readonly revision: number;
  readonly violations: readonly string[];
  /** What happened, with the milliseconds since the storm began. */
  readonly history: readonly string[];
  readonly convergedMs: number;
}

/**
 * One run: a new stack, faults and publications of the seed's schedule, then calm. The connector must say by itself that all
 * is in step; then the targets are read and compared with the map.
 * @param whileItStands looks at the stack before it goes
 */
export async function runChaos(
  seed: number,
  whileItStands: (stack: ChaosStack, check: () => Promise<string[]>) => Promise<void> = async () => {},
): Promise<ChaosRun> {
  const stack = await startChaosStack();
  try {
    const client = await benchClient(stack.addresses);
    const began = performance.now();
    const since = (): number => Math.round(performance.now() - began);
    const history: string[] = [];
    const say = (text: string): void => void history.push(`${String(since()).padStart(6)} ms  ${text}`);
    const disturbances: Disturbance[] = [];
    const over = AbortSignal.timeout(stormMs + calmMs);
    const { faults, publications } = scheduleOf(seed, stormMs);
    const publishing = (async () => {
      for (const atMs of publications) {
        await wait(Math.max(0, atMs - since()));
        const { revision, edits, attempts } = await publishNext(stack.addresses, client, seed, over);
        say(`revision ${revision} with ${edits} edits${attempts > 1 ? `, at attempt ${attempts}` : ''}`);
      }
    })();
    const failing = faults.map(async (fault) => {
      await wait(Math.max(0, fault.atMs - since()));
      const from = Date.now();
      say(describe(fault));
      await happen(stack, fault, seed).catch((error: unknown) => say(`did not happen: ${String(error)}`));
      for (const server of reachOf(fault)) disturbances.push({ from, to: Date.now(), server });
    });
    await Promise.all([publishing, ...failing]);
    await lift(stack);
    say('calm');
    const calm = since();
    const map = await mapInForce(stack.addresses);
    const left = await inStep(stack, map.revision, over);
    const convergedMs = since() - calm;
    say(left.length === 0 ? `all in step at revision ${map.revision}` : 'not in step');
    const check = (): Promise<string[]> =>
      violationsAt(stack.addresses.sandbox, stack.roots, map.entries, disturbances);
    const violations = [...left, ...(await check())];
    await whileItStands(stack, check);
    return { seed, revision: map.revision, violations, history, convergedMs };
  } finally {
    await stack.stop();
  }
}

/** Makes a fault, and returns when it is over; what was killed may still be on its way back. */
async function happen(stack: ChaosStack, fault: Fault, seed: number): Promise<void> {
  const { processes, proxies, addresses } = stack;
  const control = `${addresses.sandbox}/control/faults`;
  const put = async (server: string, body: object): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    await fetch(`${control}/${server}`, { method: 'PUT', headers, body: JSON.stringify(body) });
  };
  if (fault.kind === 'kill') {
    processes.kill(fault.name, fault.forMs);
    // It starts, and catches up.
    await wait(fault.forMs + 4_000);
  } else if (fault.kind === 'wire') {
    await proxies.poison(fault.wire, fault.toxic);
    await wait(fault.forMs);
    await proxies.healOne(fault.wire);
  } else if (fault.kind === 'server') {
    await put(fault.server, { ...fault.fault, forMs: fault.forMs });
    await wait(fault.forMs);
  } else {
    const { entries } = await mapInForce(addresses);
    const codes = entries.flatMap(({ code }) => code ?? []);
    const [code] = chanceOf(seed + fault.atMs).some(codes, 1);
    await put(fault.server, { [fault.how]: code, forMs: fault.forMs });
    await wait(fault.forMs);
  }
}

async function lift({ proxies, addresses }: ChaosStack): Promise<void> {
  await proxies.heal();
  const everybody = [addresses.sandbox, addresses.catalog, addresses.connector];
  for (const address of everybody) while (!(await isReady(address))) await wait(100);
  await fetch(`${addresses.sandbox}/control/faults`, { method: 'DELETE' });
}

const isReady = (address: string): Promise<boolean> =>
  fetch(`${address}/health/ready`, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  );

const statusSchema = z.object({
  targets: z.array(
    z.object({ id: z.string(), state: z.string(), applied: z.int(), reason: z.string().nullable() }),
  ),
});

/** @returns targets that the connector does not call in step in time, in words */
async function inStep({ addresses }: ChaosStack, revision: number, over: AbortSignal): Promise<string[]> {
  for (;;) {
    const answer = await fetch(`${addresses.connector}/api/v1/targets`).catch(() => undefined);
    const { targets } = answer?.ok ? statusSchema.parse(await answer.json()) : { targets: [] };
    const left = targets.filter(({ state, applied }) => state !== 'in-step' || applied !== revision);
    if (targets.length === chaosTargets.length && left.length === 0) return [];
    if (over.aborted)
      return targets.length === 0
        ? ['the connector does not answer']
        : left.map(
            ({ id, state, applied, reason }) =>
              `${id}: late: ${state} at revision ${applied} of ${revision}: ${reason ?? ''}`,
          );
    await wait(100);
  }
}

function describe({ atMs: _, forMs, ...fault }: Fault): string {
  return `${JSON.stringify(fault)} for ${forMs} ms`;
}
