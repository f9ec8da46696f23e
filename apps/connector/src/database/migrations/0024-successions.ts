import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who takes whose place, so that people learn what to tag with instead of a code that is retired. */
export class Successions1764000000024 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table succession (
  scheme text not null,
  -- That decided it.
  revision int not null,
  predecessor uuid not null,
  successor uuid not null,
  primary key (scheme, revision, predecessor, successor)
);
create index succession_predecessor on succession (predecessor);

-- False: taken in before successions were kept; they are fetched from the catalog.
alter table revision add column knows_successions boolean not null default true;
update revision set knows_successions = false where applied_at is not null;
-- What waits without its successions is fetched anew, as any hole is.
delete from received_change;`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
