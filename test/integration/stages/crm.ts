import { z } from 'zod';
import { drivers } from '#targets';
import type { Stage } from '../../../libs/targets/src/conformance/stage.ts';
import { ask } from './ask.ts';

const granted = z.object({ access_token: z.string() });
const created = z.object({ id: z.string() });
const json = { 'content-type': 'application/json' };

export function crmStage(
  address: string,
  credentials: { user: string; secret: string },
  stop: () => Promise<void>,
): Stage {
  const objects = `${address}/services/data/v60.0/sobjects/Activity__c`;
  const headers = async (): Promise<Record<string, string>> => {
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: credentials.user,
      client_secret: credentials.secret,
    });
    const answer = granted.parse(await ask('POST', `${address}/services/oauth2/token`, {}, body));
    return { authorization: `Bearer ${answer.access_token}` };
  };
  return {
    create: (connection) => drivers['crm-sobject'].create(connection),
    connection: { address, ...credentials, settings: {}, requestTimeoutMs: 10_000 },
    wrong: { user: credentials.user, secret: 'somebody else' },
    lose: async (id) => {
      await ask('DELETE', `${objects}/${id}`, await headers());
    },
    makeForeign: async (code, title) => {
      const body = JSON.stringify({ Name: code, Title__c: title });
      return created.parse(await ask('POST', objects, { ...(await headers()), ...json }, body)).id;
    },
    use: async (id) => {
      const body = JSON.stringify({ Subject: 'Richiesta', Activity__c: id });
      await ask(
        'POST',
        `${address}/services/data/v60.0/sobjects/Case`,
        { ...(await headers()), ...json },
        body,
      );
    },
    stop,
  };
}
