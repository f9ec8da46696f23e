import { z } from 'zod';
import { drivers, type StoredRecord } from '#targets';
import type { Stage } from '../../../libs/targets/src/conformance/stage.ts';
import { ask } from './ask.ts';
import type { RunningSandbox } from './sandbox.ts';

const held = z.array(
  z.object({
    id: z.string(),
    key: z.string().nullable(),
    code: z.string(),
    title: z.string(),
    parentCode: z.string().nullable(),
    level: z.number(),
    active: z.boolean(),
    validTo: z.string().nullable(),
  }),
);

export const webhookSecret = 'whsec_bWFwcGEtc2FuZGJveC1yZWNlaXZlci1zZWNyZXQ=';

/** The receiver of the sandbox; it is read from behind, because nobody else can. */
export function webhookStage(sandbox: RunningSandbox): Stage {
  const control = `${sandbox.origin}/control/webhook`;
  const records = async (): Promise<StoredRecord[]> => {
    const all = held.parse(await ask('GET', `${control}/records`, {}));
    const idOf = new Map(all.map(({ id, code }) => [code, id]));
    return all.map(({ id, key, code, title, parentCode, level, active, validTo }) => ({
      externalId: id,
      key,
      content: { code, title, parent: idOf.get(parentCode ?? '') ?? null, level, active, validTo },
    }));
  };
  return {
    create: (connection) => drivers.webhook.create(connection),
    connection: {
      address: `${sandbox.origin}/webhook`,
      user: '',
      secret: webhookSecret,
      settings: {},
      requestTimeoutMs: 10_000,
    },
    wrong: { user: '', secret: `whsec_${Buffer.alloc(32).toString('base64')}` },
    lose: async (id) => {
      const code = (await records()).find(({ externalId }) => externalId === id)?.content.code;
      await ask('POST', `${control}/lose`, { 'content-type': 'application/json' }, JSON.stringify({ code }));
    },
    records,
    stop: () => sandbox.stop(),
  };
}
