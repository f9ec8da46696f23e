import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Imports of files, their rows until they are in a draft, and what people decided about them: DESIGN.md section 5. */
export class Imports1700000000003 implements MigrationInterface {
  name = 'Imports1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [imports, decisions]) await runner.query(statement);
  }

  down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

/** `beat_at` grows while a process reads the file: one that stopped growing is an import whose process is gone. */
const imports = `
  create table import (
    id uuid primary key default gen_random_uuid(),
    scheme_id text not null references scheme,
    edition jsonb not null,
    format text not null,
    options jsonb not null,
    replaces uuid references import,
    state text not null default 'waiting'
      check (state in ('waiting', 'reading', 'failed', 'matching', 'applied', 'stopped', 'interrupted')),
    rows_read int not null default 0,
    findings jsonb not null default '[]',
    source_sha256 text,
    base_revision int,
    draft_id uuid references draft,
    version int not null default 1,
    attempt uuid,
    beat_at timestamptz,
    created_by uuid not null,
    created_at timestamptz not null default now()
  );

  create table import_row (
    import_id uuid not null references import on delete cascade,
    index int not null,
    row jsonb not null,
    primary key (import_id, index)
  );`;

/** The latest decision about a subject holds; one that says nothing takes it back. */
const decisions = `
  create table match_decision (
    id bigint generated always as identity primary key,
    import_id uuid not null references import,
    subject text not null,
    decision jsonb,
    act jsonb,
    why text not null,
    decided_by uuid not null,
    decided_at timestamptz not null
  );
  create index match_decision_import on match_decision (import_id, id);
  create trigger never before update or delete or truncate on match_decision
    for each statement execute function refuse_change();`;
