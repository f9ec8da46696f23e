import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Functions look for tables in this schema first, and for temporary ones, which anybody could make, last. */
export class GuardsSeeTheirOwnTables1764000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      do $$
      declare guard regprocedure;
      begin
        for guard in
          select p.oid::regprocedure from pg_proc p join pg_language l on l.oid = p.prolang
          where p.pronamespace = current_schema()::regnamespace and l.lanname = 'plpgsql'
        loop
          execute format('alter function %s set search_path = %I, pg_temp', guard, current_schema());
        end loop;
      end $$`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
