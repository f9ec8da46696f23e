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

/** What is asked of the connector, and what whoever asks has seen of the plan. */
export interface Sending {
  readonly action: 'plan' | 'apply';
  /** Targets that move have the same records at their new place. */
  readonly sameRecords: boolean;
  /** As many targets as the plan said. */
  readonly unlist: number;
}

/** @returns what changed, or would change; or why the file is refused. Throws when the connector cannot be asked. */
export async function sendTargetsFile(
  { address, token }: { readonly address: string; readonly token: string },
  file: unknown,
  { action, sameRecords, unlist }: Sending,
  language: Language,
): Promise<RegistryChangesAnswer | RefusedFile> {
  const query = new URLSearchParams({
    dryRun: String(action === 'plan'),
    sameRecords: String(sameRecords),
    unlist: String(unlist),
  });
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
  if ([400, 409, 422].includes(answer.status)) return problem;
  throw new Error([problem.title, problem.detail].filter(Boolean).join('\n'));
}
