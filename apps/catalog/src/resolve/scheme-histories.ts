import { isRefusal, refuse, run, sql, type Refusal } from '#platform';
import { HistoryIndex, NearCodes } from '#taxonomy';
import { say } from '#words';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { findScheme } from '../schemes/find-scheme.ts';
import { loadHistory } from './load-history.ts';
import type { Timeline } from './timeline.ts';

/** Everything that questions through time about one scheme need, up to one revision. */
export interface SchemeHistory {
  readonly schemeId: string;
  readonly index: HistoryIndex;
  readonly near: NearCodes;
  readonly timeline: Timeline;
  readonly lowest: number;
  readonly head: number;
}

const kept = 20;

/**
 * Histories in memory, the last schemes that were asked about. Each question first asks Postgres for the lowest and the
 * highest number; a new revision is added to what is held, and a historical edition makes it anew.
 */
@Injectable()
export class SchemeHistories {
  private readonly held = new Map<string, Promise<SchemeHistory>>();

  constructor(private readonly db: DataSource) {}

  async get(schemeId: string): Promise<SchemeHistory | Refusal> {
    const scheme = await findScheme(this.db.manager, schemeId);
    if (isRefusal(scheme)) return scheme;
    const [numbers] = await run<{ lowest: number | null; head: number }>(
      this.db,
      sql`select min(number) as lowest, max(number) as head from revision where scheme_id = ${schemeId}`,
    );
    if (!numbers || numbers.lowest === null) return nothingPublished();
    const { lowest, head } = numbers;
    const before = this.held.get(schemeId);
    const history = this.upTo(schemeId, before, lowest, head);
    this.keep(schemeId, history);
    try {
      return await history;
    } catch (error) {
      if (this.held.get(schemeId) === history) this.held.delete(schemeId);
      throw error;
    }
  }

  /** One after the other for a scheme: a question that comes while a revision is being added waits for it. */
  private async upTo(
    schemeId: string,
    before: Promise<SchemeHistory> | undefined,
    lowest: number,
    head: number,
  ): Promise<SchemeHistory> {
    const known = await before?.catch(() => undefined);
    if (known && known.lowest <= lowest && known.head >= head) return known;
    const goesOn = known?.lowest === lowest;
    const index = goesOn ? known.index : new HistoryIndex();
    const timeline = await loadHistory(this.db, schemeId, index, goesOn ? known.head : null);
    const near = goesOn ? known.near : new NearCodes(index);
    return {
      schemeId,
      index,
      near,
      timeline,
      lowest: timeline.first?.revision ?? lowest,
      head: timeline.inForce?.revision ?? head,
    };
  }

  private keep(schemeId: string, history: Promise<SchemeHistory>): void {
    this.held.delete(schemeId);
    this.held.set(schemeId, history);
    if (this.held.size > kept) this.held.delete([...this.held.keys()][0] ?? '');
  }
}

function nothingPublished(): Refusal {
  return refuse('revision-unknown', {
    title: say`There is no such revision`,
    status: 404,
    detail: say`Nothing is published yet.`,
  });
}
