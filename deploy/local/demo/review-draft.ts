import { z } from 'zod';
import type { CatalogClient } from './catalog-client.ts';

const warningsSchema = z.object({ items: z.array(z.object({ name: z.string() })) });
const submittedSchema = z.object({ submissionHash: z.string(), plan: z.array(z.unknown()).nullable() });

/**
 * Takes a draft through review: the editor acknowledges its warnings and submits it, somebody else approves it.
 * @returns whether the approval covers what it means for targets; not where the connector is away
 */
export async function reviewDraft(
  editor: CatalogClient,
  approver: CatalogClient,
  id: string,
): Promise<{ readonly isPlanned: boolean }> {
  const { items } = await editor.get(warningsSchema, `/drafts/${id}/warnings`);
  // It is published today, in the middle of an accounting year.
  const findings = [...items.map(({ name }) => name), `accounting-year:${todayInRome()}`];
  await editor.send(z.unknown(), 'POST', `/drafts/${id}/acknowledgements`, { findings });
  const { submissionHash, plan } = await editor.send(submittedSchema, 'POST', `/drafts/${id}/submission`, {});
  await approver.send(z.unknown(), 'POST', `/drafts/${id}/approval`, { submissionHash });
  return { isPlanned: plan !== null };
}

export const todayInRome = (): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome' }).format(new Date());
