import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ImportRecord } from '../imports/files/import-record.ts';
import { matchImport, type MatchedImport } from './load-matching.ts';

interface Recent {
  readonly version: number;
  readonly matched: Promise<MatchedImport>;
}

const mostKept = 3;

/**
 * The matchings that people look at just now, so that a page costs no new matching. Nothing is lost with them: rows, base
 * and decisions are in the database, and they are computed again when a decision was taken.
 */
@Injectable()
export class RecentMatchings {
  private readonly recent = new Map<string, Recent>();

  constructor(private readonly db: DataSource) {}

  async of(record: ImportRecord): Promise<MatchedImport> {
    const known = this.recent.get(record.id);
    if (known?.version === record.version) return known.matched;
    const problem = (await known?.matched.catch(() => undefined))?.problem;
    const matched = matchImport(this.db, record, problem);
    this.recent.delete(record.id);
    this.recent.set(record.id, { version: record.version, matched });
    for (const oldest of [...this.recent.keys()].slice(0, -mostKept)) this.recent.delete(oldest);
    matched.catch(() => this.recent.delete(record.id));
    return matched;
  }
}
