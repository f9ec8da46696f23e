import { expect, test } from 'vitest';
import { startOpenCmis } from './opencmis.ts';
import { startScim2 } from './scim2.ts';

const codes = 'urn:example:params:scim:schemas:1.0:ActivityCode';

test('the CMIS server starts with the type act:code and the folder /mappa', async () => {
  const cmis = await startOpenCmis();
  try {
    const { username, password } = cmis.credentials;
    const headers = { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
    const get = async (query: string): Promise<string> =>
      (await fetch(`${cmis.address}${query}`, { headers })).text();
    expect(await get('?cmisselector=typeDefinition&typeId=act:code')).toContain('"act:validTo"');
    expect(await get('/root/mappa?cmisselector=object&succinct=true')).toContain(cmis.rootFolderId);
  } finally {
    await cmis.stop();
  }
});

test('the SCIM server holds activity codes and refuses a code twice', async () => {
  const scim = await startScim2();
  try {
    const post = (code: string): Promise<Response> =>
      fetch(`${scim.address}/ActivityCodes`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${scim.credentials.token}`,
          'content-type': 'application/scim+json',
        },
        body: JSON.stringify({ schemas: [codes], code, title: 'Pianificazione' }),
      });
    expect((await post('A1.1')).status).toBe(201);
    expect((await post('A1.1')).status).toBe(409);
  } finally {
    await scim.stop();
  }
});
