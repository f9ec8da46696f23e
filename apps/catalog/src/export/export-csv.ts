import { stringify } from 'csv-stringify/sync';
import type { PlacedEntry } from '#taxonomy';

/** RFC 4180, UTF-8, one row an entry, parents before children: `code,level,parent_code,title,…,concept_id`. */
export function exportCsv(entries: readonly PlacedEntry[], language: string): string {
  const rows = entries.map(({ conceptId, code, level, parentCode, titles, attributes }) => [
    code,
    level,
    parentCode,
    titles[language]?.official,
    titles[language]?.short,
    Object.keys(attributes).length > 0 ? JSON.stringify(attributes) : '',
    conceptId,
  ]);
  const columns = ['code', 'level', 'parent_code', 'title', 'short_title', 'attributes', 'concept_id'];
  return stringify(rows, { header: true, columns, record_delimiter: 'windows' });
}
