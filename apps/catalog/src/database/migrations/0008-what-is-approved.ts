import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An approval is for all that was submitted, by as many people as were needed then. A sealed set knows the revision below
 * its chain too, since a revision may keep the content hash of its base; and one that is sent back keeps the reason.
 */
export class WhatIsApproved1700000000008 implements MigrationInterface {
  name = 'WhatIsApproved1700000000008';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [columns, submitted]) await runner.query(statement);
  }

  down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const columns = `
  alter table draft
    add column submission_hash bytea check (length(submission_hash) = 32),
    add column approvals_needed int check (approvals_needed in (1, 2)),
    add column sealed_on_revision int,
    add column returned_findings jsonb not null default '[]';
  alter table draft_approval add column submission_hash bytea;`;

/** What waits for approval without such a hash is submitted again. */
const submitted = `
  update draft set state = 'open', submitted_hash = null, version = version + 1 where state = 'submitted';`;
