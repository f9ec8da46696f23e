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
import { CONFIG } from '../config.module.ts';
import type { CatalogConfig } from '../config.ts';

/** Why the connector could not be asked, in plain words. */
export interface NotAsked {
  readonly reason: string;
}

export interface ChangeSet {
  readonly scheme: string;
  readonly base: number | null;
  readonly changes: readonly Change[];
}

/** Counting asks the targets themselves; a plan asks nobody. */
const limitsMs = { plans: 10_000, usage: 40_000 };

/** The connector's API, as far as an impact needs it, asked with the token of whoever asks the catalog. */
@Injectable()
export class ConnectorClient {
  private readonly address: string | undefined;

  constructor(@Inject(CONFIG) { CONNECTOR_URL }: Pick<CatalogConfig, 'CONNECTOR_URL'>) {
    this.address = CONNECTOR_URL?.replace(/\/$/, '');
  }

  async plans(changeSet: ChangeSet, authorization: string): Promise<PlansAnswer | NotAsked> {
    return this.post('plans', changeSet, {
      authorization,
      schema: plansAnswerSchema,
      limitMs: limitsMs.plans,
    });
  }

  /** @param page of the targets that hold the scheme */
  async usage(
    scheme: string,
    conceptIds: readonly ConceptId[],
    { limit, after }: UsageQuery,
    authorization: string,
  ): Promise<UsageAnswer | NotAsked> {
    const query = new URLSearchParams({ limit: String(limit), ...(after === undefined ? {} : { after }) });
    const body = { scheme, conceptIds };
    const asked = { authorization, schema: usageAnswerSchema, limitMs: limitsMs.usage };
    return this.post(`usage?${query.toString()}`, body, asked);
  }

  private async post<Answer>(
    path: string,
    body: object,
    asked: { readonly authorization: string; readonly schema: z.ZodType<Answer>; readonly limitMs: number },
  ): Promise<Answer | NotAsked> {
    if (this.address === undefined) return { reason: 'No connector is configured (CONNECTOR_URL).' };
    try {
      const response = await fetch(`${this.address}/api/v1/${path}`, {
        method: 'POST',
        signal: AbortSignal.timeout(asked.limitMs),
        redirect: 'error',
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          authorization: asked.authorization,
        },
        body: JSON.stringify(body),
      });
      if (!response.ok) return { reason: await reasonOf(response) };
      const answer = asked.schema.safeParse(await response.json());
      return answer.success ? answer.data : { reason: 'The connector answers in another form than agreed.' };
    } catch (error) {
      const isLate = error instanceof Error && error.name === 'TimeoutError';
      return {
        reason: isLate ? 'The connector does not answer in time.' : 'The connector cannot be reached.',
      };
    }
  }
}

const problemSchema = z.object({ title: z.string(), detail: z.string().exactOptional() });

async function reasonOf(response: Response): Promise<string> {
  const problem = problemSchema.safeParse(await response.json().catch(() => null));
  if (!problem.success) return `The connector answers ${response.status}.`;
  const { title, detail } = problem.data;
  return `The connector refuses: ${title}.${detail === undefined ? '' : ` ${detail}`}`;
}
