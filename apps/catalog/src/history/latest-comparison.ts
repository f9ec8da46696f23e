import type { Refusal } from '#platform';
import type { Change } from '#taxonomy';
import type { DataSource } from 'typeorm';
import type { SchemeHistory } from '../resolve/scheme-histories.ts';
import { compare } from './compare.ts';

/** The comparison that was asked for last: its pages are usually asked for one after the other. */
export class LatestComparison {
  private key = '';
  private changes: Promise<Change[] | Refusal> = Promise.resolve([]);

  constructor(private readonly db: DataSource) {}

  between(history: SchemeHistory, from: number, to: number): Promise<Change[] | Refusal> {
    // A historical edition that is added later may add successions; revisions themselves never change.
    const key = JSON.stringify([history.schemeId, history.lowest, from, to]);
    if (key === this.key) return this.changes;
    const changes = compare(this.db, history, from, to);
    changes.catch(() => {
      if (this.key === key) this.key = '';
    });
    this.key = key;
    return (this.changes = changes);
  }
}
