import { z } from 'zod';
import { drivers } from '#targets';
import type { Stage } from '../../../libs/targets/src/conformance/stage.ts';
import { ask } from './ask.ts';

const schema = 'urn:example:params:scim:schemas:1.0:ActivityCode';
const created = z.object({ id: z.string() });

export function scimStage(address: string, secret: string, stop: () => Promise<void>): Stage {
  const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/scim+json' };
  return {
    create: (connection) => drivers.scim.create(connection),
    connection: { address, user: '', secret, settings: {}, requestTimeoutMs: 10_000 },
    wrong: { user: '', secret: 'somebody else' },
    lose: async (id) => {
      await ask('DELETE', `${address}/ActivityCodes/${id}`, headers);
    },
    makeForeign: async (code, title) => {
      const body = JSON.stringify({ schemas: [schema], code, title });
      return created.parse(await ask('POST', `${address}/ActivityCodes`, headers, body)).id;
    },
    stop,
  };
}
