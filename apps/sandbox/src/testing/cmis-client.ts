import { z } from 'zod';

type Fields = Readonly<Record<string, string>>;

const object = z.object({ succinctProperties: z.record(z.string(), z.unknown()) });
const list = z.object({ hasMoreItems: z.boolean(), numItems: z.number() });
const children = list.extend({ objects: z.array(z.object({ object })) });
const results = list.extend({ results: z.array(object) });
const exception = z.object({ exception: z.string(), message: z.string() });

const authorization = `Basic ${Buffer.from('mappa:mappa-records-secret').toString('base64')}`;

function multipart(fields: Fields): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

/** `propertyId[0]`, `propertyValue[0]`, … of a form. */
export const propertyFields = (values: Fields): Fields =>
  Object.fromEntries(
    Object.entries(values).flatMap(([id, value], i) => [
      [`propertyId[${i}]`, id],
      [`propertyValue[${i}]`, value],
    ]),
  );

const get = (address: string) => fetch(address, { headers: { authorization } });
const post = (
  address: string,
  fields: Fields,
  encode: (fields: Fields) => FormData | URLSearchParams = multipart,
) =>
  fetch(address, {
    method: 'POST',
    headers: { authorization },
    body: encode({ succinct: 'true', ...fields }),
  });
const propertiesOf = async (response: Response) => object.parse(await response.json()).succinctProperties;

/** The browser binding as a test speaks it. @param url of the sandbox */
export function cmisClient(url: string) {
  const repository = `${url}/cmis/browser/proto`;
  const at = (id: string): string => `${repository}/root?objectId=${id}`;
  const create = (parent: string, name: string, values: Fields = {}) =>
    post(at(parent), {
      _charset_: 'UTF-8',
      cmisaction: 'createFolder',
      ...propertyFields({ 'cmis:objectTypeId': 'act:code', 'cmis:name': name, ...values }),
    });
  return {
    repository,
    at,
    get,
    post,
    propertiesOf,
    create,
    /** A new folder, which must succeed. */
    made: async (parent: string, name: string, values: Fields = {}) => {
      const response = await create(parent, name, values);
      if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
      const made = await propertiesOf(response);
      return { id: String(made['cmis:objectId']), token: String(made['cmis:changeToken']) };
    },
    update: (id: string, values: Fields, more: Fields = {}) =>
      post(at(id), { _charset_: 'UTF-8', cmisaction: 'update', ...propertyFields(values), ...more }),
    children: async (id: string, more: string) =>
      children.parse(await (await get(`${at(id)}&cmisselector=children&succinct=true${more}`)).json()),
    query: async (statement: string, more = '') => {
      const address = `${repository}?cmisselector=query&succinct=true&q=${encodeURIComponent(statement)}${more}`;
      return results.parse(await (await get(address)).json());
    },
    /** `[409, 'updateConflict']` */
    refusal: async (response: Response) => [
      response.status,
      exception.parse(await response.json()).exception,
    ],
  };
}
