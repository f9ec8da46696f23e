import { identifier, join, sql, type MigrationOptions, type Sql } from '#platform';
import { Map1700000000001 } from './migrations/0001-map.ts';

export const catalogSchema = 'catalog';

/** How the catalog's part of the database is made: owned by a role without login, used by a role that owns nothing. */
export const catalogMigrations = {
  schema: catalogSchema,
  ownerRole: 'mappa_catalog_owner',
  migrations: [Map1700000000001],
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
  'change_log',
  'draft',
  'draft_entry',
];

/** What is published can be read and added to, and a row can be closed; only drafts can be changed. */
function grants(role: Sql): Sql[] {
  const tables = join(written.map((table) => identifier(table)));
  return [
    sql`grant select, insert on ${tables} to ${role}`,
    sql`grant update (to_revision) on entry, subtree to ${role}`,
    sql`grant update (state, version, published_revision) on draft to ${role}`,
    sql`grant update on draft_entry to ${role}`,
    sql`grant select, update (cursor, holder, leased_until) on relay to ${role}`,
  ];
}
