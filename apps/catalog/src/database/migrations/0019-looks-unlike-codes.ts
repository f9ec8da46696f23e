import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The look of most codes is the code itself, which has an index already. Only the others need one of their own, and the
 * entries of a large publication are not filed twice.
 */
export class LooksUnlikeCodes1700000000019 implements MigrationInterface {
  name = 'LooksUnlikeCodes1700000000019';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index entry_look;
      create index entry_look on entry (scheme_id, coalesce(skeleton, upper(code)))
        where to_revision is null and code <> coalesce(skeleton, upper(code))`);
  }

  down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
