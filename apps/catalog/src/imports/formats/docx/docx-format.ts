import type { Edition } from '#contracts';
import { fileFormat } from '../file-format.ts';
import { readTable } from '../table/read-table.ts';
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
      readArchive(bytes, 'docx', (archive) => readTables(archive.read('word/document.xml'))),
    ),
});
