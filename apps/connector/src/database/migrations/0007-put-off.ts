import type { MigrationInterface, QueryRunner } from 'typeorm';
import { revisionOfTarget } from './revision-of-target.ts';

/** Where organisations put a revision off, only revisions beyond what the target holds are looked at. */
export class PutOff1764000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const beyond = ` and o.adopts = 'on-effective-date' and r.number > t.applied_revision`;
    await runner.query(`
      create or replace view desired as ${revisionOfTarget(true, beyond)};
      create or replace view expected as ${revisionOfTarget(false, beyond)};`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
