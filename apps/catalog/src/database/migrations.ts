import { identifier, join, sql, type MigrationOptions, type Sql } from '#platform';
import { Map1700000000001 } from './migrations/0001-map.ts';
import { Workflow1700000000002 } from './migrations/0002-workflow.ts';
import { Imports1700000000003 } from './migrations/0003-imports.ts';
import { History1700000000004 } from './migrations/0004-history.ts';
import { DraftEdits1700000000005 } from './migrations/0005-draft-edits.ts';
import { GuardsByStatement1700000000006 } from './migrations/0006-guards-by-statement.ts';
import { GuardsSeeTheirOwnTables1700000000007 } from './migrations/0007-guards-see-their-own-tables.ts';
import { WhatIsApproved1700000000008 } from './migrations/0008-what-is-approved.ts';
import { WhoSendsAFile1700000000009 } from './migrations/0009-who-sends-a-file.ts';
import { SearchIndex1700000000010 } from './migrations/0010-search-index.ts';
import { ConceptsByStatement1700000000012 } from './migrations/0012-concepts-by-statement.ts';
import { PlanOfASubmission1700000000014 } from './migrations/0014-plan-of-a-submission.ts';
import { PeriodsByStatement1700000000015 } from './migrations/0015-periods-by-statement.ts';
import { ReasonsOfADraft1700000000016 } from './migrations/0016-reasons-of-a-draft.ts';
import { HistoryIsApproved1700000000018 } from './migrations/0018-history-is-approved.ts';
import { LooksOfCodes1700000000017 } from './migrations/0017-looks-of-codes.ts';
import { LooksUnlikeCodes1700000000019 } from './migrations/0019-looks-unlike-codes.ts';
import { FewerIndexes1700000000020 } from './migrations/0020-fewer-indexes.ts';
import { GuardsOfMoves1700000000021 } from './migrations/0021-guards-of-moves.ts';
import { LooksOfEndedCodes1700000000022 } from './migrations/0022-looks-of-ended-codes.ts';
import { HistoricalImports1700000000023 } from './migrations/0023-historical-imports.ts';
import { WordsApart1700000000024 } from './migrations/0024-words-apart.ts';
import { EditionOfSealedSets1700000000025 } from './migrations/0025-edition-of-sealed-sets.ts';
import { SealedIsAnnounced1700000000013 } from './migrations/0013-sealed-is-announced.ts';

export const catalogSchema = 'catalog';

/** How the catalog's part of the database is made: owned by a role without login, used by a role that owns nothing. */
export const catalogMigrations = {
  schema: catalogSchema,
  ownerRole: 'mappa_catalog_owner',
  migrations: [
    Map1700000000001,
    Workflow1700000000002,
    Imports1700000000003,
    History1700000000004,
    DraftEdits1700000000005,
    GuardsByStatement1700000000006,
    GuardsSeeTheirOwnTables1700000000007,
    WhatIsApproved1700000000008,
    WhoSendsAFile1700000000009,
    SearchIndex1700000000010,
    ConceptsByStatement1700000000012,
    SealedIsAnnounced1700000000013,
    PlanOfASubmission1700000000014,
    PeriodsByStatement1700000000015,
    ReasonsOfADraft1700000000016,
    LooksOfCodes1700000000017,
    HistoryIsApproved1700000000018,
    LooksUnlikeCodes1700000000019,
    FewerIndexes1700000000020,
    GuardsOfMoves1700000000021,
    LooksOfEndedCodes1700000000022,
    HistoricalImports1700000000023,
    WordsApart1700000000024,
    EditionOfSealedSets1700000000025,
  ],
  extensions: ['btree_gist', 'unaccent'],
  grants,
} satisfies Partial<MigrationOptions>;

const written = [
  'scheme',
  'edition',
  'revision',
  'concept',
  'entry',
  'subtree',
  'succession',
  'change_log',
  'draft',
  'draft_entry',
  'draft_succession',
  'draft_editor',
  'draft_approval',
  'draft_acknowledgement',
  'draft_conflict',
  'draft_reason',
  'draft_history_link',
  'sealed_change',
  'draft_edit',
  'draft_edit_entry',
  'audit',
  'person',
  'import',
  'import_row',
  'match_decision',
  'entry_words',
  'words_filed',
];

/** Rows that hold the present state of a draft, and no history. */
const replaced = [
  'draft_entry',
  'draft_succession',
  'draft_conflict',
  'draft_reason',
  'draft_history_link',
  'sealed_change',
  'draft_edit',
  'draft_edit_entry',
  'import_row',
];

/** What is published can be read and added to, and a row can be closed; only drafts can be changed. */
function grants(role: Sql): Sql[] {
  const tables = join(written.map((table) => identifier(table)));
  return [
    sql`grant select, insert on ${tables} to ${role}`,
    sql`grant update (to_revision) on entry, subtree to ${role}`,
    // To analyze it, see `learnRows`.
    sql`grant maintain on entry to ${role}`,
    sql`grant update (state, version, source_sha256, edition, base_revision, published_revision, effective_date, submitted_hash, sealed_hash,
      sealed_on, sealed_on_revision, sealed_edition, seal_position, returned_at, returned_findings, submission_hash, approvals_needed, plan,
      history_from, history_before) on draft to ${role}`,
    sql`grant update on draft_entry, draft_edit, draft_edit_entry to ${role}`,
    sql`grant delete on ${join(replaced.map((table) => identifier(table)))} to ${role}`,
    sql`grant update on words_filed to ${role}`,
    sql`grant update (approvals) on scheme to ${role}`,
    sql`grant update (state, rows_read, findings, source_sha256, base_revision, draft_id, version, attempt, beat_at, sent_by, is_history)
      on import to ${role}`,
    sql`grant update (subject, name) on person to ${role}`,
    sql`grant select, update (cursor, holder, leased_until) on relay to ${role}`,
  ];
}
