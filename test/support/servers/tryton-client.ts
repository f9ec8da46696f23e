import { z } from 'zod';

const answer = z.looseObject({ result: z.unknown().optional(), error: z.unknown().optional() });
const session = z.tuple([z.int(), z.string()]).rest(z.unknown());
const ids = z.array(z.int());

/** Tryton as a test uses it, past the driver. */
export interface TrytonClient {
  call(method: string, ...params: unknown[]): Promise<unknown>;
  /** @returns the id of the record */
  create(model: string, values: object): Promise<number>;
}

const firstCompany = { company: 1 };

export async function openTrytonClient(
  address: string,
  { user, secret }: { readonly user: string; readonly secret: string },
): Promise<TrytonClient> {
  const post = async (method: string, params: readonly unknown[], headers = {}): Promise<unknown> => {
    const response = await fetch(`${address}/rpc/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ id: 1, method, params }),
    });
    if (!response.ok) throw new Error(`${method}: ${response.status} ${await response.text()}`);
    const { result, error } = answer.parse(await response.json());
    if (error) throw new Error(`${method}: ${JSON.stringify(error)}`);
    return result;
  };
  const [id, token] = session.parse(await post('common.db.login', [user, { password: secret }, 'en']));
  const authorization = `Session ${Buffer.from(`${user}:${id}:${token}`).toString('base64')}`;
  const call = (method: string, ...params: unknown[]): Promise<unknown> =>
    post(method, params, { authorization });
  return {
    call,
    create: async (model, values) => {
      const [made = 0] = ids.parse(await call(`model.${model}.create`, [values], firstCompany));
      return made;
    },
  };
}

/** A company with one employee, which is the company of the administrator; all of them have the id 1. */
export async function setUpCompany(client: TrytonClient): Promise<void> {
  const currency = await client.create('currency.currency', { name: 'Euro', code: 'EUR', symbol: '€' });
  const party = await client.create('party.party', { name: 'Camera di commercio' });
  const company = await client.create('company.company', { party, currency });
  await client.call('model.res.user.write', [1], { companies: [['add', [company]]], company }, {});
  await client.create('company.employee', { party, company });
}
