import { unusualSkeletonOf } from '#taxonomy';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a reader sees of a code, so that codes that look alike are found by index. For codes of plain ASCII it is the code
 * in capitals, which needs no column; the others are computed by the application and kept beside the code.
 */
export class LooksOfCodes1700000000017 implements MigrationInterface {
  name = 'LooksOfCodes1700000000017';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(columns);
    const rows: { code: string }[] = await runner.query(unusual);
    const looks = rows.map(({ code }) => ({ code, skeleton: unusualSkeletonOf(code) }));
    await runner.query(
      `alter table entry disable trigger user; alter table draft_entry disable trigger user`,
    );
    for (const table of ['entry', 'draft_entry']) await runner.query(fill(table), [JSON.stringify(looks)]);
    await runner.query(`alter table entry enable trigger user; alter table draft_entry enable trigger user`);
    await runner.query(index);
  }

  down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const columns = `
  alter table entry add column skeleton text collate "C";
  alter table draft_entry add column skeleton text collate "C"`;

const unusual = `
  select code from entry where code ~ '[^!-~]' union select code from draft_entry where code ~ '[^!-~]'`;

const fill = (table: string): string => `
  update ${table} set skeleton = look.skeleton
  from jsonb_to_recordset($1) as look(code text, skeleton text) where ${table}.code = look.code`;

const index = `
  create index entry_look on entry (scheme_id, coalesce(skeleton, upper(code))) where to_revision is null`;
