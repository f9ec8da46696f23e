import { z } from 'zod';

const held = z.array(
  z.object({
    id: z.string(),
    key: z.string().nullable(),
    code: z.string().nullable(),
    title: z.string().nullable(),
    parentCode: z.string().nullable(),
    level: z.number().nullable(),
    active: z.boolean().nullable(),
    validTo: z.string().nullable(),
  }),
);
const journal = z.array(
  z.object({ at: z.number(), record: z.string(), key: z.string().nullable(), what: z.string() }),
);

/** The sandbox from behind the protocols, as a test uses it. */
export function controlOf(url: string) {
  const json = { 'content-type': 'application/json' };
  return {
    setFault: (server: string, fault: object): Promise<Response> =>
      fetch(`${url}/control/faults/${server}`, { method: 'PUT', headers: json, body: JSON.stringify(fault) }),
    clearFaults: (): Promise<Response> => fetch(`${url}/control/faults`, { method: 'DELETE' }),
    lose: (server: string, code: string): Promise<Response> =>
      fetch(`${url}/control/${server}/lose`, {
        method: 'POST',
        headers: json,
        body: JSON.stringify({ code }),
      }),
    records: async (server: string) =>
      held.parse(await (await fetch(`${url}/control/${server}/records`)).json()),
    journal: async (server: string) =>
      journal.parse(await (await fetch(`${url}/control/${server}/journal`)).json()),
  };
}
