import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Words of titles stand apart from entries, of every revision, and are filed after a publication instead of in it: see
 * decision 0084. They follow from the entries, so nothing here guards them; what is published already is filed when the
 * catalog starts.
 */
export class WordsApart1700000000024 implements MigrationInterface {
  name = 'WordsApart1700000000024';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index entry_words;
      create table entry_words (
        concept_id uuid not null,
        from_revision int not null,
        words tsvector not null,
        primary key (concept_id, from_revision)
      );
      create index entry_words_words on entry_words using gin (words);
      -- From which revision to which the words of a scheme are filed.
      create table words_filed (
        scheme_id text primary key,
        lowest int not null,
        highest int not null check (highest >= lowest)
      )`);
  }

  down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
