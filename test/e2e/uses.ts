import { z } from 'zod';
import { impactAnswerSchema, type ImpactAnswer } from '#contracts';
import { catalogClient } from '../../deploy/local/demo/catalog-client.ts';
import { signIn } from '../../deploy/local/demo/sign-in.ts';
import type { RunFile } from '../../deploy/local/state/run-file.ts';

const scheme = '/schemes/processi-camerali';
const exportSchema = z.object({ edition: z.looseObject({}) });
const entrySchema = z.object({ conceptId: z.string() });
const retiredSchema = z.object({
  isKnown: z.boolean(),
  records: z.array(
    z.looseObject({
      code: z.string(),
      uses: z.int(),
      replacement: z.looseObject({ is: z.string(), successors: z.array(z.looseObject({})) }),
    }),
  ),
});

/** What a draft would mean that gives an activity another title; the draft stays a draft. */
export async function impactOfRetitling(
  code: string,
  { catalog, sandbox }: RunFile['addresses'],
): Promise<ImpactAnswer> {
  const editor = catalogClient(catalog, await signIn(sandbox, 'demo-editor'));
  const { edition } = await editor.get(exportSchema, `${scheme}/export.json`);
  const { conceptId } = await editor.get(entrySchema, `${scheme}/entries/${code}`);
  const { id } = await editor.send(z.object({ id: z.string() }), 'POST', `${scheme}/drafts`, { edition });
  const edits = [{ op: 'change', entry: conceptId, titles: { it: { official: 'Altro' } } }];
  await editor.send(z.unknown(), 'PATCH', `/drafts/${id}/entries`, { edits });
  return editor.get(impactAnswerSchema, `/drafts/${id}/impact`);
}

/** The retired codes that things in a target use still. */
export async function retiredInUse(
  target: string,
  { connector, sandbox }: RunFile['addresses'],
): Promise<z.infer<typeof retiredSchema>> {
  const headers = { authorization: `Bearer ${await signIn(sandbox, 'demo-operator')}` };
  const answer = await fetch(`${connector}/api/v1/targets/${target}/uses`, { headers });
  return retiredSchema.parse(await answer.json());
}
