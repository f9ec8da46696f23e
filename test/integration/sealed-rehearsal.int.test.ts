import { afterAll, beforeAll, expect, it } from 'vitest';
import { isRefusal } from '#platform';
import { spoken } from '#words';
import { DriverCabinet } from '../../apps/connector/src/delivery/driver-cabinet.ts';
import { CatalogClient } from '../../apps/connector/src/intake/catalog-client.ts';
import { followSealed } from '../../apps/connector/src/sealed/follow-sealed.ts';
import { readSealedRehearsal, rehearseNow } from '../../apps/connector/src/sealed/read-sealed.ts';
import { workSealed } from '../../apps/connector/src/sealed/work-sealed.ts';
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
import { startFakeCatalog, type FakeCatalog } from '../../apps/connector/src/testing/fake-catalog.ts';
import { conceptNumber, MapHistory, mapOf } from '../../apps/connector/src/testing/map-history.ts';
import type { Stage } from '../../libs/targets/src/conformance/stage.ts';
import { startScim2 } from '../support/servers/scim2.ts';
import { crmStage } from './stages/crm.ts';
import { startSandbox } from './stages/sandbox.ts';
import { scimStage } from './stages/scim.ts';

const { signal } = new AbortController();
const set = conceptNumber(91);
let database: ConnectorDatabase;
let catalog: FakeCatalog;
let stages: Readonly<Record<'hr' | 'crm', Stage>>;

/** A server that is installed first, on a machine that does other things. */
beforeAll(async () => {
  database = await connectorDatabase();
  const [server, sandbox] = [await startScim2(), await startSandbox()];
  stages = {
    hr: scimStage(server.address, server.credentials.token, () => server.stop()),
    crm: crmStage(`${sandbox.origin}/crm`, { user: 'mappa', secret: 'mappa-crm-secret' }, () =>
      sandbox.stop(),
    ),
  };
}, 600_000);
afterAll(async () => {
  await catalog.close();
  for (const stage of Object.values(stages)) await stage.stop();
  await database.close();
});

it('on scim2-server and the sandbox, the codes of foreign records and credentials that are refused are foretold', async () => {
  const { db, logger } = database;
  const refused = new Set<string>();
  const drivers = new DriverCabinet(
    db,
    (_, { address }) => {
      const name = address.endsWith('/hr') ? 'hr' : 'crm';
      const { connection, wrong } = stages[name];
      return stages[name].create(refused.has(name) ? { ...connection, ...wrong } : connection);
    },
    async () => [...refused].join(),
    10_000,
  );
  const history = new MapHistory('map');
  const first = ['1 A1 a', '2 A1.1 b'];
  await registerTargets(db, ['hr', 'crm'], 'map');
  await takeIn(db, history.publish(mapOf(first)));
  await deliverAll({ ...deliveryTo(db, {}), drivers });
  const foreign = {
    hr: await stages.hr.makeForeign?.('A1.2', 'Di altri'),
    crm: await stages.crm.makeForeign?.('A1.3', 'Di altri'),
  };
  catalog = await startFakeCatalog(history);
  const ahead = new MapHistory('map');
  ahead.publish(mapOf(first));
  const { changes, inForce } = ahead.publish(mapOf([...first, '3 A1.2 c', '4 A1.3 d']), '2999-01-01');
  const { scheme, edition, effectiveDate, contentHash, base } = inForce;
  const listed = { set, scheme, edition, effectiveDate, contentHash, baseHash: base?.contentHash ?? '' };
  const changesAt = `/api/v1/schemes/map/sealed/${set}/changes`;
  catalog.sealed = [{ listed: { ...listed, changes: changes.length, changesAt }, changes }];
  const client = new CatalogClient(catalog.address, 2_000);
  const rehearsal = async () => {
    await workSealed({
      db,
      catalog: client,
      drivers,
      logger,
      signal,
      limits: { targetMs: 30_000, systemMs: 60_000 },
      rehearsing: { everyMs: 86_400_000, turnMs: 60_000 },
    });
    const answer = await readSealedRehearsal(db, set, { limit: 10 });
    return isRefusal(answer) ? [] : spoken(answer, 'en').targets;
  };
  await followSealed(db, client, signal);
  const taken = (code: string, holder = ''): object => ({
    refused: 1,
    reason: null,
    notRehearsed: null,
    shown: [{ code, reason: `the code ${code} is taken there by a record that is not ours: ${holder}` }],
  });
  expect(await rehearsal()).toMatchObject([taken('A1.3', foreign.crm), taken('A1.2', foreign.hr)]);

  for (const name of ['hr', 'crm']) refused.add(name);
  await rehearseNow(db, set);
  const withoutAccess = { refused: 0, reason: expect.stringContaining('not accepted'), notRehearsed: null };
  expect(await rehearsal()).toMatchObject([withoutAccess, withoutAccess]);

  await stages.hr.stop();
  refused.clear();
  await rehearseNow(db, set);
  expect(await rehearsal()).toMatchObject([
    taken('A1.3', foreign.crm),
    { target: 'hr', refused: 0, reason: null, notRehearsed: expect.stringMatching(/^not rehearsed: /) },
  ]);
});
