import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLogger, isRefusal } from '#platform';
import type { Driver, StoredRecord } from '#targets';
import { askCheck, readReport } from '../../apps/connector/src/drift/ask-check.ts';
import { claimCheck } from '../../apps/connector/src/drift/claim-check.ts';
import { runCheck } from '../../apps/connector/src/drift/run-check.ts';
import {
  connectorDatabase,
  type ConnectorDatabase,
} from '../../apps/connector/src/testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  registerTargets,
  takeIn,
} from '../../apps/connector/src/testing/delivery-harness.ts';
import { conceptNumber, MapHistory, mapOf } from '../../apps/connector/src/testing/map-history.ts';
import type { Stage } from '../../libs/targets/src/conformance/stage.ts';
import { startScim2 } from '../support/servers/scim2.ts';
import { scimStage } from './stages/scim.ts';

const id = 'target';
const { signal } = new AbortController();
let database: ConnectorDatabase;
let stage: Stage;
let driver: Driver;

/** A server that is installed first, on a machine that does other things. */
beforeAll(async () => {
  database = await connectorDatabase();
  const server = await startScim2();
  stage = scimStage(server.address, server.credentials.token, () => server.stop());
  driver = stage.create(stage.connection);
}, 600_000);
afterAll(async () => {
  await driver.close();
  await stage.stop();
  await database.close();
});

it('on scim2-server, what was deleted and changed behind our back is found and mended, and foreign records stay', async () => {
  const { db } = database;
  const delivery = deliveryTo(db, { [id]: driver });
  const listed = async (): Promise<StoredRecord[]> => {
    const records: StoredRecord[] = [];
    for await (const page of driver.list(signal)) records.push(...page);
    return records;
  };
  const check = async (): Promise<unknown> => {
    await askCheck(db, id);
    const settings = { everyMs: 86_400_000, mendedMs: 1, leaseMs: 60_000, againMs: 1 };
    const claim = await claimCheck(db, crypto.randomUUID(), settings.leaseMs, settings.mendedMs);
    const context = {
      dataSource: db,
      drivers: delivery.drivers,
      logger: createLogger('test', 'silent'),
      onOwnError: () => undefined,
      settings,
    };
    if (claim) await runCheck(context, claim, signal);
    const report = await readReport(db, id, { after: 0, limit: 100 });
    return isRefusal(report) ? report.title.english : report;
  };
  const lines = Array.from({ length: 150 }, (_, i) => `${i + 2} A1.${i + 1} Voce n. ${i + 1}`);
  await registerTargets(db, [id], 'map');
  await takeIn(db, new MapHistory('map').publish(mapOf(['1 A1 Radice', ...lines])));
  await deliverAll(delivery);
  expect(await check()).toMatchObject({ state: 'verified', records: 151 });

  const before = await listed();
  const recordOf = (n: number): StoredRecord | undefined =>
    before.find(({ key }) => key === conceptNumber(n));
  await stage.lose(recordOf(7)?.externalId ?? '');
  const foreignId = await stage.makeForeign?.('X1', 'Di altri');
  const altered = recordOf(9);
  if (!altered) throw new Error('no record of concept 9');
  const content = { ...altered.content, level: altered.content.level ?? 1, title: 'Cambiato a mano' };
  const step = { key: altered.key ?? '', externalId: altered.externalId, content, mayExist: false };
  expect(await driver.write([step], signal)).toMatchObject([{ is: 'done' }]);

  expect(await check()).toMatchObject({ state: 'drifted', missing: 1, altered: 1, extra: 0, foreign: 1 });
  await deliverAll(delivery);
  expect(await check()).toMatchObject({ state: 'verified', missing: 0, altered: 0, foreign: 1 });
  const after = await listed();
  const said = (records: readonly StoredRecord[]): unknown =>
    records
      .flatMap(({ key, content: { code, title } }) => (key === null ? [] : [`${key} ${code} ${title}`]))
      .toSorted();
  expect(said(after)).toEqual(said(before));
  expect(after.find(({ externalId }) => externalId === foreignId)?.content.title).toBe('Di altri');
});
