import { z } from 'zod';
import { drivers } from '#targets';
import type { Stage } from '../../../libs/targets/src/conformance/stage.ts';
import { ask } from './ask.ts';

const granted = z.object({ access_token: z.string() });
const created = z.object({ mappa_activityid: z.string() });

export function odataStage(
  address: string,
  credentials: { user: string; secret: string },
  stop: () => Promise<void>,
): Stage {
  const service = `${address}/api/data/v9.2`;
  const table = `${service}/mappa_activities`;
  const headers = async (): Promise<Record<string, string>> => {
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: credentials.user,
      client_secret: credentials.secret,
      scope: `${new URL(address).origin}/.default`,
    });
    const answer = granted.parse(await ask('POST', `${address}/oauth2/v2.0/token`, {}, body));
    return {
      authorization: `Bearer ${answer.access_token}`,
      'content-type': 'application/json',
      prefer: 'return=representation',
    };
  };
  return {
    create: (connection) => drivers.odata.create(connection),
    connection: { address, ...credentials, settings: { pageSize: 100, uses: {} }, requestTimeoutMs: 10_000 },
    wrong: { user: credentials.user, secret: 'somebody else' },
    lose: async (id) => {
      const { 'content-type': _, ...withoutBody } = await headers();
      await ask('DELETE', `${table}(${id})`, withoutBody);
    },
    makeForeign: async (code, title) => {
      const body = JSON.stringify({ mappa_code: code, mappa_title: title });
      return created.parse(await ask('POST', table, await headers(), body)).mappa_activityid;
    },
    use: async (id) => {
      const body = JSON.stringify({
        title: 'Richiesta',
        'mappa_Activity@odata.bind': `/mappa_activities(${id})`,
      });
      await ask('POST', `${service}/incidents`, await headers(), body);
    },
    stop,
  };
}
