import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import {
  plansAnswerSchema,
  usageAnswerSchema,
  type PlansAnswer,
  type UsageAnswer,
  type UsageQuery,
} from '#contracts';
import type { Change, ConceptId } from '#taxonomy';
import { say, type Language, type Sentence } from '#words';
import { CONFIG } from '../config.module.ts';
import type { CatalogConfig } from '../config.ts';

/** Why the connector could not be asked. */
export interface NotAsked {
  readonly reason: Sentence;
}

/** Whose token the connector is asked with, and the language that its answer is read in. */
export interface Asker {
  readonly authorization: string;
  readonly language: Language;
}

export interface ChangeSet {
  readonly scheme: string;
  readonly base: number | null;
  readonly changes: readonly Change[];
}

/** Counting asks the targets themselves; a plan asks nobody. */
const limitsMs = { plans: 10_000, usage: 40_000 };

/** The connector's API, as far as an impact needs it, asked as whoever asks the catalog. */
@Injectable()
export class ConnectorClient {
  private readonly address: string | undefined;

  constructor(@Inject(CONFIG) { CONNECTOR_URL }: Pick<CatalogConfig, 'CONNECTOR_URL'>) {
    this.address = CONNECTOR_URL?.replace(/\/$/, '');
  }

  async plans(changeSet: ChangeSet, asker: Asker): Promise<PlansAnswer | NotAsked> {
    return this.post('plans', changeSet, { asker, schema: plansAnswerSchema, limitMs: limitsMs.plans });
  }

  /** @param page of the targets that hold the scheme */
  async usage(
    scheme: string,
    conceptIds: readonly ConceptId[],
    { limit, after }: UsageQuery,
    asker: Asker,
  ): Promise<UsageAnswer | NotAsked> {
    const query = new URLSearchParams({ limit: String(limit), ...(after === undefined ? {} : { after }) });
    const body = { scheme, conceptIds };
    const asked = { asker, schema: usageAnswerSchema, limitMs: limitsMs.usage };
    return this.post(`usage?${query.toString()}`, body, asked);
  }

  private async post<Answer>(
    path: string,
    body: object,
    asked: { readonly asker: Asker; readonly schema: z.ZodType<Answer>; readonly limitMs: number },
  ): Promise<Answer | NotAsked> {
    if (this.address === undefined) return { reason: say`No connector is configured (CONNECTOR_URL).` };
    try {
      const response = await fetch(`${this.address}/api/v1/${path}`, {
        method: 'POST',
        signal: AbortSignal.timeout(asked.limitMs),
        redirect: 'error',
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          'accept-language': asked.asker.language,
          authorization: asked.asker.authorization,
        },
        body: JSON.stringify(body),
      });
      if (!response.ok) return { reason: await reasonOf(response) };
      const answer = asked.schema.safeParse(await response.json());
      return answer.success
        ? answer.data
        : { reason: say`The connector answers in another form than agreed.` };
    } catch (error) {
      const isLate = error instanceof Error && error.name === 'TimeoutError';
      return {
        reason: isLate ? say`The connector does not answer in time.` : say`The connector cannot be reached.`,
      };
    }
  }
}

const problemSchema = z.object({ title: z.string(), detail: z.string().exactOptional() });

async function reasonOf(response: Response): Promise<Sentence> {
  const problem = problemSchema.safeParse(await response.json().catch(() => null));
  if (!problem.success) return say`The connector answers ${response.status}.`;
  const { title, detail } = problem.data;
  return detail === undefined
    ? say`The connector refuses: ${title}.`
    : say`The connector refuses: ${title}. ${detail}`;
}
