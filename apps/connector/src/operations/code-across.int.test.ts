import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import { deliverAll } from '../testing/delivery-harness.ts';
import { DriftScene } from '../testing/drift-scene.ts';
import { readCode } from './code-across.ts';
import { readMatrix } from './matrix.ts';

let database: ConnectorDatabase;
let db: DataSource;
beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());

/** What the matrix and the code itself say of A1.2. */
async function saidOf(code: string): Promise<readonly unknown[]> {
  const matrix = await readMatrix(db, 'map', { codes: 50, limit: 50 });
  const [at] = await readCode(db, code);
  return [matrix?.rows.find((row) => row.code === code)?.cells, at?.record, at?.drifted];
}

it('a record that is gone and only reported is not in step, until it was acknowledged again', async () => {
  const scene = await DriftScene.begin(db, { drift: 'report' });
  expect(await saidOf('A1.2')).toEqual([['in-step'], 'current', false]);
  scene.target.records.delete(scene.recordOf(3).id);
  expect(await scene.check()).toMatchObject({ state: 'drifted', missing: 1 });
  expect(await saidOf('A1.2')).toEqual([['drifted'], 'current', true]);
  expect(await saidOf('A1')).toEqual([['in-step'], 'current', false]);

  await scene.publish('1 A1 a', '2 A1.1 b', '3 A1.2 nuovo', '5 A1.1.1 e');
  await deliverAll(scene.delivery);
  expect(await saidOf('A1.2')).toEqual([['in-step'], 'current', false]);
});

it('a code that is retired is found at the records that have ended', async () => {
  const scene = await DriftScene.begin(db);
  await scene.publish('1 A1 a', '2 A1.1 b', '5 A1.1.1 e');
  await deliverAll(scene.delivery);
  expect(await readCode(db, 'A1.2')).toMatchObject([
    { record: 'ended', recordCode: expect.stringMatching(/^A1\.2 \(cessata /) as string },
  ]);
  expect(await readCode(db, 'A1')).toHaveLength(1);
});
