import { z } from 'zod';

const page = z.looseObject({
  totalSize: z.number(),
  done: z.boolean(),
  nextRecordsUrl: z.string().optional(),
  records: z.array(z.looseObject({})),
});
const errors = z.tuple([z.looseObject({ errorCode: z.string() })]);

export const crmData = '/crm/services/data/v60.0';

/** Asks the simulated CRM of a sandbox, signed in. */
export async function crmClient(url: string) {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'mappa',
    client_secret: 'mappa-crm-secret',
  });
  const response = await fetch(`${url}/crm/services/oauth2/token`, { method: 'POST', body });
  const token = z.object({ access_token: z.string() }).parse(await response.json()).access_token;
  /** @param path below the sandbox */
  const call = (method: string, path: string, sent?: unknown, headers: Record<string, string> = {}) =>
    fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
    });
  const ask = (soql: string, headers?: Record<string, string>) =>
    call('GET', `${crmData}/query?q=${encodeURIComponent(soql)}`, undefined, headers);
  return {
    token,
    call,
    ask,
    query: async (soql: string, headers?: Record<string, string>) =>
      page.parse(await (await ask(soql, headers)).json()),
    page: async (path: string) => page.parse(await (await call('GET', path)).json()),
  };
}

export const errorOf = async (response: Response): Promise<string> =>
  errors.parse(await response.json())[0].errorCode;
