import { z } from 'zod';
import {
  changeEventSchema,
  inForceEventSchema,
  sealedAnswerSchema,
  sealedChangesAnswerSchema,
  type ChangeEvent,
  type InForceEvent,
} from '#contracts';

/** Editions of history have numbers below 1 and are none of a target's business. */
const revisionsSchema = z.object({
  items: z
    .array(z.looseObject({ revision: z.int() }))
    .transform((items) => items.filter(({ revision }) => revision >= 1))
    .pipe(z.array(inForceEventSchema)),
});
const changesSchema = z.object({ items: z.array(changeEventSchema), next: z.int().nullable() });

export type ListedSet = z.infer<typeof sealedAnswerSchema>['items'][number];
export type SealedChange = z.infer<typeof sealedChangesAnswerSchema>['items'][number];

/** The catalog's API, as far as the connector needs it. Every call throws when the catalog does not answer as agreed. */
export class CatalogClient {
  constructor(
    private readonly address: string,
    private readonly timeoutMs = 10_000,
  ) {}

  /** All revisions in force of a scheme, the oldest first; none for a scheme that the catalog does not know. */
  async revisions(scheme: string, signal: AbortSignal): Promise<InForceEvent[]> {
    const answer = await this.get(`schemes/${encodeURIComponent(scheme)}/revisions`, signal);
    if (answer === null) return [];
    return revisionsSchema.parse(answer).items.toSorted((a, b) => a.revision - b.revision);
  }

  /** Changes of a revision after an index, in pages. */
  async *changes(
    scheme: string,
    revision: number,
    after: number,
    signal: AbortSignal,
  ): AsyncGenerator<ChangeEvent[]> {
    for (let from: number | null = after; from !== null;) {
      const path = `schemes/${encodeURIComponent(scheme)}/revisions/${revision}/changes?after=${from}&limit=1000`;
      const page: z.infer<typeof changesSchema> = changesSchema.parse(await this.get(path, signal));
      yield page.items;
      from = page.next;
    }
  }

  /** Sets that wait for their day, in the order in which they come into force; none for an unknown scheme. */
  async sealed(scheme: string, signal: AbortSignal): Promise<ListedSet[]> {
    const answer = await this.get(`schemes/${encodeURIComponent(scheme)}/sealed`, signal);
    return answer === null ? [] : sealedAnswerSchema.pick({ items: true }).parse(answer).items;
  }

  /** Changes of a sealed set, in pages; each on top of the sets before it. */
  async *sealedChanges(scheme: string, set: string, signal: AbortSignal): AsyncGenerator<SealedChange[]> {
    for (let from: number | null = 0; from !== null;) {
      const path = `schemes/${encodeURIComponent(scheme)}/sealed/${set}/changes?after=${from}&limit=1000`;
      const page: z.infer<typeof sealedChangesAnswerSchema> = sealedChangesAnswerSchema.parse(
        await this.get(path, signal),
      );
      yield page.items;
      from = page.next;
    }
  }

  private async get(path: string, signal: AbortSignal): Promise<unknown> {
    const url = `${this.address}/api/v1/${path}`;
    const response = await fetch(url, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(this.timeoutMs)]),
      redirect: 'error',
      headers: { accept: 'application/json' },
    });
    if (response.status === 404 && (await isUnknownScheme(response))) return null;
    if (!response.ok) throw new Error(`the catalog answers ${response.status} to ${url}`);
    return response.json();
  }
}

/** A wrong address or a proxy also answers 404; that says nothing about the map. */
async function isUnknownScheme(response: Response): Promise<boolean> {
  const problem = z.object({ type: z.string() }).safeParse(await response.json().catch(() => null));
  return problem.success && problem.data.type.endsWith('/scheme-unknown');
}
