import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Words of a large publication wait in the pending list of the index, where a search finds them too, until autovacuum
 * files them: 350,000 entries come into force without waiting for it.
 */
export class SearchIndex1700000000010 implements MigrationInterface {
  name = 'SearchIndex1700000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter index entry_words set (fastupdate = on, gin_pending_list_limit = 131072)`);
  }

  down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
