import { say, verbatim, type Language, type Sentence } from '#words';
import { z } from 'zod';
import { targetsFileAnswer, unlistedAnswer } from '../../../apps/connector/src/registry/schemas.ts';

export interface Connector {
  readonly address: string;
  readonly token: string;
}

/** What is registered, as a targets file; or why it is not told. */
export async function readTargetsFile(
  connector: Connector,
  language: Language,
): Promise<z.infer<typeof targetsFileAnswer> | Sentence> {
  return ask(connector, 'targets-file', targetsFileAnswer, language);
}

/** All targets that the file names no more; or why they are not told. */
export async function readUnlistedTargets(
  connector: Connector,
  language: Language,
): Promise<{ readonly targets: z.infer<typeof unlistedAnswer>['targets'] } | Sentence> {
  const targets: z.infer<typeof unlistedAnswer>['targets'] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = await ask(connector, `targets-file/unlisted?limit=500${query}`, unlistedAnswer, language);
    if ('english' in page) return page;
    targets.push(...page.targets);
    cursor = page.next;
  }
  return { targets };
}

const problemSchema = z.object({ title: z.string(), detail: z.string().exactOptional() });

async function ask<S extends z.ZodType>(
  { address, token }: Connector,
  path: string,
  schema: S,
  language: Language,
): Promise<z.output<S> | Sentence> {
  const headers = { authorization: `Bearer ${token}`, 'accept-language': language };
  const answer = await fetch(`${address}/api/v1/${path}`, { headers }).catch(() => null);
  if (answer === null) return say`The connector at ${address} does not answer.`;
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok) return schema.parse(body);
  const { data: problem } = problemSchema.safeParse(body);
  if (!problem) return say`At ${address} there is no connector: it answers ${answer.status}.`;
  return verbatim([problem.title, problem.detail].filter(Boolean).join('\n'));
}
