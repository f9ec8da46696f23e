import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inTransaction } from '#platform';
import { skip, unskip } from '../operations/skip.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import { deliverAll, endPauses, takeIn } from '../testing/delivery-harness.ts';
import { DriftScene, id } from '../testing/drift-scene.ts';
import { mapOf } from '../testing/map-history.ts';
import type { SimulatedRecord } from '../testing/simulated-target.ts';
import { statusInEnglish } from '../testing/status-in-english.ts';

let database: ConnectorDatabase;
let db: DataSource;
let scene: DriftScene;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());
beforeEach(async () => {
  scene = await DriftScene.begin(db);
  await scene.publish('3 A3 c', '7 A7 g');
});

const recordOf = (n: number): SimulatedRecord => scene.recordOf(n);
const rename = (n: number, code: string): void => {
  const record = recordOf(n);
  record.content = { ...record.content, code };
};
const codes = (...concepts: readonly number[]): string[] => concepts.map((n) => recordOf(n).content.code);

describe('a code that somebody gave to a record of ours', () => {
  it('is given up to the record that takes it, although the map has that one give up what the first one needs', async () => {
    rename(3, 'A5');
    await scene.publish('3 A7 c', '7 A5 g');
    expect(await statusInEnglish(db, id)).toMatchObject([{ state: 'stuck', stuck: 2 }]);
    expect(await scene.check()).toMatchObject({ state: 'drifted', altered: 1 });
    await deliverAll(scene.delivery);
    expect(codes(3, 7)).toEqual(['A7', 'A5']);
    expect(await statusInEnglish(db, id)).toMatchObject([{ state: 'in-step' }]);
  });

  it('is given up also by one that was made anew under our key', async () => {
    const { id: gone, ...old } = recordOf(3);
    scene.target.records.delete(gone);
    scene.target.records.set('new', { ...old, id: 'new', content: { ...old.content, code: 'A5' } });
    await scene.publish('3 A7 c', '7 A5 g');
    expect(await statusInEnglish(db, id)).toMatchObject([{ state: 'stuck' }]);
    expect(await scene.check()).toMatchObject({ state: 'drifted', missing: 1 });
    await deliverAll(scene.delivery);
    expect(codes(3, 7)).toEqual(['A7', 'A5']);
    expect(await statusInEnglish(db, id)).toMatchObject([{ state: 'in-step' }]);
  });
});

describe('a code that a record of ours got by a request without an answer', () => {
  const deliver = async (): Promise<void> => {
    await endPauses(db);
    await deliverAll(scene.delivery);
  };
  const takeLines = (...lines: string[]): Promise<void> => takeIn(db, scene.history.publish(mapOf(lines)));
  beforeEach(async () => {
    const { target } = scene;
    const stop = new AbortController();
    target.interfere = () => (stop.abort(), 'lose-answers');
    await takeLines('3 A4 c', '7 A7 g');
    await deliverAll(scene.delivery, stop.signal);
    target.interfere = () => null;
    expect(codes(3)).toEqual(['A4']);
  });

  it.each([
    ['an operator skipped it', 'c', true],
    ['its title was too long', 'x'.repeat(1_001), false],
  ])(
    'is given up once a check saw it, although the record was not sent, because %s',
    async (_, title, isSkipped) => {
      if (isSkipped) await inTransaction(db, (transaction) => skip(transaction, id, 'A4', 'no'));
      await takeLines(`3 A7 ${title}`, '7 A4 g');
      await deliver();
      if (isSkipped) await inTransaction(db, (transaction) => unskip(transaction, id, 'A7'));
      else await takeLines('3 A7 c', '7 A4 g');
      await deliver();
      expect(await statusInEnglish(db, id)).toMatchObject([{ state: 'stuck', stuck: 2 }]);
      expect(await scene.check()).toMatchObject({ state: 'in-doubt', altered: 0 });
      await deliver();
      expect(codes(3, 7)).toEqual(['A7', 'A4']);
      expect(await statusInEnglish(db, id)).toMatchObject([{ state: 'in-step' }]);
    },
  );
});
