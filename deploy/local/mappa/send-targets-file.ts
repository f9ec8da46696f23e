import { say, verbatim, type Language, type Sentence } from '#words';
import { z } from 'zod';
import {
  registryChangesAnswer,
  type RegistryChangesAnswer,
} from '../../../apps/connector/src/registry/schemas.ts';

const problemSchema = z.object({
  type: z.string().exactOptional(),
  title: z.string(),
  detail: z.string().exactOptional(),
  problems: z
    .array(
      z.object({ path: z.string().exactOptional(), id: z.string().exactOptional(), message: z.string() }),
    )
    .default([]),
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

/** @returns what changed, or would change; why the file is refused; or why nobody looked at it */
export async function sendTargetsFile(
  { address, token }: { readonly address: string; readonly token: string },
  file: unknown,
  { action, sameRecords, unlist }: Sending,
  language: Language,
): Promise<RegistryChangesAnswer | RefusedFile | Sentence> {
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
  }).catch(() => null);
  if (answer === null) return say`The connector at ${address} does not answer.`;
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok) return registryChangesAnswer.parse(body);
  const { data: problem } = problemSchema.safeParse(body);
  if (!problem) return say`At ${address} there is no connector: it answers ${answer.status}.`;
  if ([400, 409, 422].includes(answer.status)) return problem;
  return verbatim([problem.title, problem.detail].filter(Boolean).join('\n'));
}
