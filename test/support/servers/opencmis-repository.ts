import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const created = z.object({ succinctProperties: z.object({ 'cmis:objectId': z.string() }) });

/** Creates the type `act:code` and the folder `/mappa` in an empty repository; answers the folder's object id. */
export async function createTypeAndRoot(
  repository: string,
  { username, password }: { username: string; password: string },
): Promise<string> {
  const type = await readFile(new URL('cmis-type.json', import.meta.url), 'utf8');
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const post = async (address: string, fields: Record<string, string>): Promise<unknown> => {
    const body = new FormData();
    for (const [name, value] of Object.entries({ _charset_: 'UTF-8', ...fields })) body.set(name, value);
    const response = await fetch(address, { method: 'POST', headers: { authorization }, body });
    if (!response.ok) throw new Error(`${fields['cmisaction']}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  await post(repository, { cmisaction: 'createType', type });
  const folder = await post(`${repository}/root`, {
    cmisaction: 'createFolder',
    'propertyId[0]': 'cmis:objectTypeId',
    'propertyValue[0]': 'cmis:folder',
    'propertyId[1]': 'cmis:name',
    'propertyValue[1]': 'mappa',
    succinct: 'true',
  });
  return created.parse(folder).succinctProperties['cmis:objectId'];
}
