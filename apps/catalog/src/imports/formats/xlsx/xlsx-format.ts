import { textSchema, type Edition } from '#contracts';
import { fileFormat } from '../file-format.ts';
import { readTable } from '../table/read-table.ts';
import { tableOptionsSchema } from '../table/table-options.ts';
import { readArchive } from '../zip/read-archive.ts';
import { readWorkbook } from './read-workbook.ts';

const options = tableOptionsSchema.extend({
  /** Name of the sheet; the first one when left out. */
  sheet: textSchema.min(1).max(200).exactOptional(),
});

export const xlsxFormat = fileFormat({
  name: 'xlsx',
  mediaTypes: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  extensions: ['.xlsx', '.xlsm'],
  options,
  open: (edition: Edition, stated) => (bytes) =>
    readTable(
      edition,
      stated,
      readArchive(bytes, 'xlsx', (archive) => readWorkbook(archive, stated.sheet)),
    ),
});
