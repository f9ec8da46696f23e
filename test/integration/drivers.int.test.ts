import { conformance } from '../../libs/targets/src/conformance/conformance.ts';
import { startOpenCmis } from '../support/servers/opencmis.ts';
import { startScim2 } from '../support/servers/scim2.ts';
import { startTryton } from '../support/servers/tryton.ts';
import { cmisStage } from './stages/cmis.ts';
import { crmStage } from './stages/crm.ts';
import { odataStage } from './stages/odata.ts';
import { startSandbox } from './stages/sandbox.ts';
import { scimStage } from './stages/scim.ts';
import { trytonCategoryStage, trytonWorkStage } from './stages/tryton.ts';
import { webhookStage } from './stages/webhook.ts';

conformance('cmis on OpenCMIS', async () => {
  const server = await startOpenCmis();
  return cmisStage(
    server.address,
    { user: server.credentials.username, secret: server.credentials.password },
    () => server.stop(),
  );
});

conformance('scim on scim2-server', async () => {
  const server = await startScim2();
  return scimStage(server.address, server.credentials.token, () => server.stop());
});

conformance('scim on scim2-server, record by record', async () => {
  const server = await startScim2();
  const stage = scimStage(server.address, server.credentials.token, () => server.stop());
  return { ...stage, connection: { ...stage.connection, settings: { bulk: false } } };
});

conformance('crm-sobject on the sandbox', async () => {
  const sandbox = await startSandbox();
  return crmStage(`${sandbox.origin}/crm`, { user: 'mappa', secret: 'mappa-crm-secret' }, () =>
    sandbox.stop(),
  );
});

conformance('odata on the sandbox', async () => {
  const sandbox = await startSandbox();
  return odataStage(`${sandbox.origin}/odata`, { user: 'mappa', secret: 'mappa-odata-secret' }, () =>
    sandbox.stop(),
  );
});

conformance('cmis on the sandbox', async () => {
  const sandbox = await startSandbox();
  return cmisStage(
    `${sandbox.origin}/cmis/browser/proto`,
    { user: 'mappa', secret: 'mappa-records-secret' },
    () => sandbox.stop(),
  );
});

conformance('scim on the sandbox', async () => {
  const sandbox = await startSandbox();
  return scimStage(`${sandbox.origin}/scim/v2`, 'mappa-hr-secret', () => sandbox.stop());
});

conformance('webhook on the sandbox', async () => webhookStage(await startSandbox()));

conformance('tryton, works of time sheets, on Tryton', async () => trytonWorkStage(await startTryton()));

conformance('tryton, categories of parties, on Tryton', async () => trytonCategoryStage(await startTryton()));
