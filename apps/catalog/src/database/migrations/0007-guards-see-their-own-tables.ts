import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A guard that looks for `revision` where its caller looks can be shown a temporary table of that name, which stands
 * before all others. Now each function looks into this schema first, and for temporary tables last.
 */
export class GuardsSeeTheirOwnTables1700000000007 implements MigrationInterface {
  name = 'GuardsSeeTheirOwnTables1700000000007';

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

  down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
