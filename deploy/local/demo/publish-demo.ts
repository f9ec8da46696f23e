import { changeKinds } from '#taxonomy';
import type { Language } from '#words';
import { z } from 'zod';
import { catalogClient } from './catalog-client.ts';
import { demoEdits } from './demo-edits.ts';
import { reviewDraft, todayInRome } from './review-draft.ts';
import { signIn, type DemoClient } from './sign-in.ts';

const scheme = '/schemes/processi-camerali';

const titlesSchema = z.record(z.string(), z.object({ official: z.string() }));
const entrySchema = z.object({ conceptId: z.string(), code: z.string(), titles: titlesSchema });
const exportSchema = z.object({ edition: z.looseObject({ label: z.string() }), revision: z.int() });
const changeSchema = z.object({
  kinds: z.array(z.enum(changeKinds)),
  before: z.object({ code: z.string() }).nullable(),
  after: z.object({ code: z.string(), titles: titlesSchema }).nullable(),
});

export interface DemoRevision {
  readonly revision: number;
  readonly edition: string;
  /** What it does to targets was approved with it, so the guard compares. */
  readonly isPlanned: boolean;
  readonly changes: readonly z.infer<typeof changeSchema>[];
}

/** Publishes the next demo edition on the map in force, through the catalog's API, as an editor and approver would. */
export async function publishDemo(
  addresses: { catalog: string; sandbox: string },
  language: Language = 'en',
): Promise<DemoRevision> {
  const clientOf = async (who: DemoClient) =>
    catalogClient(addresses.catalog, await signIn(addresses.sandbox, who), language);
  const [catalog, approver] = [await clientOf('demo-editor'), await clientOf('demo-approver')];
  const { edition, revision: base } = await catalog.get(exportSchema, `${scheme}/export.json`);
  const children = async (code: string) =>
    (await catalog.get(z.object({ items: z.array(entrySchema) }), `${scheme}/entries/${code}/children`))
      .items;
  const name = `demo ${base + 1}`;
  const edits = demoEdits(
    {
      retitled: await catalog.get(entrySchema, `${scheme}/entries/A1.1.1.1`),
      chain: await children('A1.1.2'),
      renewed: await children('A2.1.2'),
    },
    name,
  );
  const label = `${edition.label.replace(/ \+ demo \d+$/, '')} + ${name}`;
  const draftSchema = z.object({ id: z.string() });
  const { id } = await catalog.send(draftSchema, 'POST', `${scheme}/drafts`, {
    edition: { ...edition, label, effectiveDate: todayInRome() },
  });
  await catalog.send(draftSchema, 'PATCH', `/drafts/${id}/entries`, { edits });
  const { isPlanned } = await reviewDraft(catalog, approver, id);
  const { revision } = await approver.send(
    z.object({ revision: z.int() }),
    'POST',
    `/drafts/${id}/publication`,
    {},
  );
  const { items } = await catalog.get(
    z.object({ items: z.array(changeSchema) }),
    `${scheme}/revisions/${revision}/changes`,
  );
  return { revision, edition: label, isPlanned, changes: items };
}
