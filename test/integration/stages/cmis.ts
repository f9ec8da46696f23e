import { z } from 'zod';
import { drivers } from '#targets';
import type { Stage } from '../../../libs/targets/src/conformance/stage.ts';
import { ask } from './ask.ts';

const created = z.object({ succinctProperties: z.object({ 'cmis:objectId': z.string() }) });

/** @param address of the repository, which holds the type act:code and the folder /mappa */
export function cmisStage(
  address: string,
  credentials: { user: string; secret: string },
  stop: () => Promise<void>,
): Stage {
  const authorization = `Basic ${Buffer.from(`${credentials.user}:${credentials.secret}`).toString('base64')}`;
  const post = (path: string, fields: Record<string, string>): Promise<unknown> => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ _charset_: 'UTF-8', succinct: 'true', ...fields }))
      form.set(name, value);
    return ask('POST', `${address}/root${path}`, { authorization }, form);
  };
  return {
    create: (connection) => drivers.cmis.create(connection),
    connection: { address, ...credentials, settings: {}, requestTimeoutMs: 10_000 },
    wrong: { user: '', secret: '' },
    lose: async (id) => {
      await post(`?objectId=${id}`, { cmisaction: 'delete' });
    },
    makeForeign: async (code, title) => {
      const properties = Object.entries({
        'cmis:objectTypeId': 'act:code',
        'cmis:name': `${code} ${title}`,
        'act:cod': code,
        'act:title': title,
      });
      const fields = properties.flatMap(([id, value], i) => [
        [`propertyId[${i}]`, id],
        [`propertyValue[${i}]`, value],
      ]);
      const folder = await post('/mappa', { cmisaction: 'createFolder', ...Object.fromEntries(fields) });
      return created.parse(folder).succinctProperties['cmis:objectId'];
    },
    occupy: async (id) => {
      await post(`?objectId=${id}`, {
        cmisaction: 'createFolder',
        'propertyId[0]': 'cmis:objectTypeId',
        'propertyValue[0]': 'cmis:folder',
        'propertyId[1]': 'cmis:name',
        'propertyValue[1]': 'Fascicolo',
      });
    },
    stop,
  };
}
