import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why a file asks for a change, in the words of whoever edited it: shown to those who review the draft, and in release notes. */
export class ReasonsOfADraft1700000000016 implements MigrationInterface {
  name = 'ReasonsOfADraft1700000000016';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table draft_reason (
        draft_id uuid not null references draft,
        concept_id uuid not null,
        reason text not null,
        primary key (draft_id, concept_id)
      )`);
  }

  down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
