import { say } from '#words';
import { z } from 'zod';
import { NotTold } from '../status/not-told.ts';

const answerSchema = z.object({ access_token: z.string() });

export type DemoClient = 'demo-editor' | 'demo-approver' | 'demo-operator' | 'demo-administrator';

/** An access token of the sandbox's identity provider, for one of its demo clients. */
export async function signIn(sandbox: string, client: DemoClient): Promise<string> {
  const answer = await fetch(`${sandbox}/idp/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${client}:${client}-secret`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  }).catch(() => {
    throw new NotTold(
      say`The sandbox at ${sandbox}, where people sign in, does not answer: try again in a minute.`,
    );
  });
  if (!answer.ok)
    throw new NotTold(say`The identity provider answered ${answer.status}: ${await answer.text()}`);
  return answerSchema.parse(await answer.json()).access_token;
}
