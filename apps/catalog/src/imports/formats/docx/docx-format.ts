import type { Edition } from '#contracts';
import type { Finding } from '#taxonomy';
import { say } from '#words';
import { fileFormat } from '../file-format.ts';
import { readTable } from '../table/read-table.ts';
import type { Table } from '../table/table.ts';
import { tableOptionsSchema } from '../table/table-options.ts';
import { readArchive } from '../zip/read-archive.ts';
import { readTables } from './read-tables.ts';

export const docxFormat = fileFormat({
  name: 'docx',
  mediaTypes: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  extensions: ['.docx', '.docm'],
  options: tableOptionsSchema,
  open: (edition: Edition, stated) => (bytes) =>
    readTable(
      edition,
      stated,
      withTables(readArchive(bytes, 'docx', (archive) => readTables(archive.read('word/document.xml')))),
    ),
});

/** The same; a document without any table says so. */
async function* withTables(table: Table): Table {
  let hasSome = false;
  for await (const batch of table) {
    hasSome ||= batch.some((item) => 'row' in item || 'finding' in item);
    yield batch;
  }
  if (!hasSome) yield [{ finding: noTable }];
}

const noTable: Finding = {
  rule: 'file-empty',
  severity: 'error',
  message: say`The document has no table, and entries are read from tables.`,
};
