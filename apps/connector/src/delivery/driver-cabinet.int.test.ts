import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Access, Connection } from '#targets';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import { registerTargets } from '../testing/delivery-harness.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';
import { NotAllowed } from '../registry/allowed.ts';
import { DriverCabinet } from './driver-cabinet.ts';

let database: ConnectorDatabase;
let address: string;
const waiting: ServerResponse[] = [];
const server = createServer((_, response) => void waiting.push(response));

beforeAll(async () => {
  database = await connectorDatabase();
  await registerTargets(database.db, ['t'], 'map');
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = server.address();
  address = `http://127.0.0.1:${typeof at === 'object' && at ? at.port : 0}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await database.close();
});

/** @returns what became of a request; it arrives before anything else is done */
async function ask({ dispatcher }: Access): Promise<{ readonly end: Promise<string> }> {
  const arrived = once(server, 'request');
  const end = new Promise<string>((resolve) => {
    dispatcher.dispatch(
      { method: 'GET', path: '/' },
      {
        onRequestStart: () => undefined,
        onResponseStart: () => undefined,
        onResponseData: () => undefined,
        onResponseEnd: () => resolve('answered'),
        onResponseError: (_, error) => resolve(error.message),
      },
    );
  });
  await arrived;
  return { end };
}
const answerAll = (): void => {
  for (const response of waiting.splice(0)) response.end('{}');
};

it('nothing is sent to where targets may not be; how records there are made is known all the same', async () => {
  const never = () => {
    throw new NotAllowed('it may not be there');
  };
  const open = () => new SimulatedTarget();
  const cabinet = new DriverCabinet(database.db, open, async () => 'secret', 5_000, 4, never);
  const elsewhere = { id: 't', address, user: '', secret: 'env:X', concurrency: 2 } as const;
  const opened = await cabinet.open({ ...elsewhere, ratePerSecond: null, failures: 0 }, ['t']);
  expect([...('trouble' in opened ? [] : opened.values())]).toEqual([
    { reason: 'it may not be there', failures: 0 },
  ]);
  const row = { id: 't', failures: 0, driver: 'simulated', language: 'it', kind: 'crm' } as const;
  const rules = await cabinet.rulesOf(address, { ...row, missingTitle: 'show', policies: {}, settings: {} });
  expect(rules).toMatchObject({ language: 'it', uniqueCodes: true });
  await cabinet.close();
});

it('no reason of a target tells the secret of its system', async () => {
  const open = (_: string, { secret }: Connection) => {
    const target = new SimulatedTarget();
    target.probe = async () => ({ is: 'failing', reason: `"${secret}" is not known here` });
    return target;
  };
  const cabinet = new DriverCabinet(database.db, open, async () => 's3cr3t-of-ours', 5_000);
  const system = { id: 's', address, user: '', secret: 'env:X', concurrency: 2 } as const;
  const opened = await cabinet.open({ ...system, ratePerSecond: null, failures: 0 }, ['t']);
  const target = 'trouble' in opened ? undefined : opened.get('t');
  if (!target || !('driver' in target)) throw new Error('it is not opened');
  for (const driver of [target.driver, target.openDry(() => undefined)])
    expect(await driver.probe(new AbortController().signal)).toMatchObject({
      reason: '"***" is not known here',
    });
  await cabinet.close();
});

it('a system at work goes on while many others, and itself with newer limits, are opened', async () => {
  const opened: Access[] = [];
  const open = (_: string, { access }: { readonly access?: Access }): SimulatedTarget => {
    if (access) opened.push(access);
    return new SimulatedTarget();
  };
  const cabinet = new DriverCabinet(database.db, open, async () => 'secret', 5_000, 4);
  const system = (id: string, ratePerSecond: number | null = null) =>
    ({ id, address, user: '', secret: 'env:X', concurrency: 2, ratePerSecond, failures: 0 }) as const;
  await cabinet.open(system('busy'), ['t']);
  const [busy] = opened;
  if (!busy) throw new Error('nothing was opened');
  const first = await ask(busy);
  await cabinet.open(system('busy', 50), ['t']);
  await cabinet.open(system('busy'), ['t']);
  expect(new Set(opened).size).toBe(2);
  for (let i = 0; i < 8; i++) await cabinet.open(system(`other-${i}`), ['t']);
  answerAll();
  expect(await first.end).toBe('answered');
  const next = await ask(busy);
  answerAll();
  expect(await next.end).toBe('answered');
  await cabinet.close();
});
