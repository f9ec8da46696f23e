import { expect, test } from 'vitest';
import { choosePorts, preferredPorts } from './ports.ts';

const allBut =
  (...taken: number[]) =>
  (port: number): Promise<boolean> =>
    Promise.resolve(!taken.includes(port));

test('free ports are the preferred ones', async () => {
  expect(await choosePorts({}, allBut())).toEqual({ ports: preferredPorts, moved: [] });
});

test('a port that is taken is avoided and named', async () => {
  const { ports, moved } = await choosePorts({}, allBut(7310, 7410));
  expect(ports.catalog).toBe(7510);
  expect(moved).toEqual([{ name: 'catalog', preferred: 7310, port: 7510 }]);
});

test('the ports of last time come first', async () => {
  const { ports, moved } = await choosePorts({ catalog: 7510 }, allBut());
  expect(ports.catalog).toBe(7510);
  expect(moved).toEqual([]);
});

test('no port is given twice', async () => {
  const { ports } = await choosePorts({ catalog: 7320 }, allBut());
  expect(ports.catalog).toBe(7320);
  expect(ports.connector).toBe(7420);
});
