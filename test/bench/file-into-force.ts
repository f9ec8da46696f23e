import { z } from 'zod';
import { catalogClient } from '../../deploy/local/demo/catalog-client.ts';
import { reviewDraft } from '../../deploy/local/demo/review-draft.ts';
import { signIn } from '../../deploy/local/demo/sign-in.ts';
import { waitUntil } from '../../deploy/local/processes/wait-until.ts';
import type { BenchClient } from './bench-client.ts';
import type { BenchStack } from './bench-stack.ts';
import { bigCodes, bigEdition, titleOf } from './big-map.ts';
import { cpuSeconds } from './cpu-seconds.ts';

const entries = 350_000;
const fanOut = 50;
const scheme = 'da-file';
const longestImportMs = 900_000;

const importSchema = z.object({
  id: z.string(),
  state: z.string(),
  draft: z.string().nullable(),
  findings: z.array(z.object({ message: z.string() })),
});

/**
 * The first publication of a scheme as its people go through it: a CSV file is sent and read, the draft is reviewed,
 * and it comes into force. Seconds of the clock for each stage, with the catalog's seconds of processor time.
 */
export async function fileIntoForce(stack: BenchStack, client: BenchClient): Promise<Record<string, number>> {
  await client.createScheme({ id: scheme, titles: { it: 'Da file' }, languages: ['it'] });
  const [editor, approver] = await Promise.all(
    (['demo-editor', 'demo-approver'] as const).map(async (who) =>
      catalogClient(stack.addresses.catalog, await signIn(stack.addresses.sandbox, who)),
    ),
  );
  if (!editor || !approver) throw new Error('two people are needed');
  const csv = csvOf(bigCodes(entries, fanOut));
  const stages: Record<string, number> = {};
  const stage = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const [since, before] = [performance.now(), cpuSeconds(stack.pids['catalog'] ?? 0)];
    const done = await work();
    stages[`${name}_s`] = (performance.now() - since) / 1_000;
    stages[`${name}_cpu_s`] = cpuSeconds(stack.pids['catalog'] ?? 0) - before;
    return done;
  };
  const since = performance.now();
  const draft = await stage('file_to_draft', () => importFile(stack, csv));
  await stage('file_review', () => reviewDraft(editor, approver, draft));
  await stage('file_publication', () =>
    approver.send(z.unknown(), 'POST', `/drafts/${draft}/publication`, {}),
  );
  return { file_into_force_s: (performance.now() - since) / 1_000, ...stages };
}

/** Sends the file and waits until it is read. @returns the draft that it became */
async function importFile(stack: BenchStack, csv: string): Promise<string> {
  const address = `${stack.addresses.catalog}/api/v1`;
  const authorization = `Bearer ${await signIn(stack.addresses.sandbox, 'demo-editor')}`;
  const ask = async (path: string, init: RequestInit): Promise<z.output<typeof importSchema>> => {
    const answer = await fetch(address + path, init);
    if (!answer.ok) throw new Error(`${path}: ${(await answer.text()).slice(0, 500)}`);
    return importSchema.parse(await answer.json());
  };
  const created = await ask(`/schemes/${scheme}/imports`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ edition: bigEdition, format: 'csv' }),
  });
  await ask(`/imports/${created.id}/file`, {
    method: 'PUT',
    headers: { authorization, 'content-type': 'application/octet-stream' },
    body: csv,
  });
  let draft: string | null = null;
  await waitUntil(async () => {
    const read = await ask(`/imports/${created.id}`, { headers: { authorization } });
    if (read.state === 'failed') throw new Error(read.findings[0]?.message ?? 'the import failed');
    draft = read.state === 'applied' ? read.draft : null;
    return draft !== null;
  }, longestImportMs);
  if (draft === null) throw new Error(`the import took longer than ${longestImportMs} ms`);
  return draft;
}

function csvOf(codes: readonly string[]): string {
  return ['codice;titolo', ...codes.map((code) => `${code};${titleOf(code)}`)].join('\n');
}
