import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The edition with which a sealed set comes into force: its own, or that of the map it stands on, which may move on while it
 * waits. What was told of it last says which.
 */
export class EditionOfSealedSets1700000000025 implements MigrationInterface {
  name = 'EditionOfSealedSets1700000000025';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table draft add column sealed_edition text;
      update draft d set sealed_edition = (
        select l.head::jsonb ->> 'edition' from change_log l
        where l.scheme_id = d.scheme_id and l.kind in ('sealed', 'resealed') and l.head::jsonb ->> 'set' = d.id::text
        order by l.position desc limit 1)
      where state = 'sealed'`);
  }

  down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
