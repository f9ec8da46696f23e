import type { Language } from '#words';
import { z } from 'zod';
import {
  registryChangesAnswer,
  type RegistryChangesAnswer,
} from '../../../apps/connector/src/registry/schemas.ts';

const problemSchema = z.object({
  type: z.string().exactOptional(),
  title: z.string(),
  detail: z.string().exactOptional(),
  problems: z.array(z.object({ path: z.string().exactOptional(), message: z.string() })).default([]),
});
export type RefusedFile = z.infer<typeof problemSchema>;

/** @returns what changed, or would change; or why the file is refused. Throws when the connector cannot be asked. */
export async function sendTargetsFile(
  { address, token }: { readonly address: string; readonly token: string },
  file: unknown,
  { action, sameRecords }: { readonly action: 'plan' | 'apply'; readonly sameRecords: boolean },
  language: Language,
): Promise<RegistryChangesAnswer | RefusedFile> {
  const query = new URLSearchParams({ dryRun: String(action === 'plan'), sameRecords: String(sameRecords) });
  const answer = await fetch(`${address}/api/v1/targets-file?${query.toString()}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'accept-language': language,
      'content-type': 'application/json',
    },
    body: JSON.stringify(file),
  }).catch((error: unknown) => {
    throw new Error(`The connector at ${address} does not answer.`, { cause: error });
  });
  if (answer.ok) return registryChangesAnswer.parse(await answer.json());
  const problem = problemSchema.parse(await answer.json());
  if (answer.status === 422 || answer.status === 400) return problem;
  throw new Error([problem.title, problem.detail].filter(Boolean).join('\n'));
}
