import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A draft that is placed before the first revision says from which day its edition was valid and what became of its entries
 * in the earliest revision known, before anybody approves it.
 */
export class HistoryIsApproved1700000000018 implements MigrationInterface {
  name = 'HistoryIsApproved1700000000018';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table draft
        add column history_from date,
        add column history_before int,
        add constraint draft_history_whole check ((history_from is null) = (history_before is null))`);
    // A link without a successor: nobody takes the place of that entry.
    await runner.query(`
      create table draft_history_link (
        draft_id uuid not null references draft,
        predecessor uuid not null,
        successor uuid,
        unique nulls not distinct (draft_id, predecessor, successor)
      )`);
  }

  down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
