import { csvFormat } from './csv/csv-format.ts';
import { docxFormat } from './docx/docx-format.ts';
import { jsonFormat } from './json/json-format.ts';
import { officialTextFormat } from './official-text/official-text-format.ts';
import { jsonLdFormat, turtleFormat } from './skos/skos-formats.ts';
import { xlsxFormat } from './xlsx/xlsx-format.ts';
import type { FileFormat } from './file-format.ts';

export type { FileFormat } from './file-format.ts';
export { headLength, refuseFile } from './refuse-file.ts';

/** Every kind of file that can be imported; adding one is one folder and its line here. */
export const formats: readonly FileFormat[] = [
  csvFormat,
  xlsxFormat,
  docxFormat,
  officialTextFormat,
  jsonFormat,
  turtleFormat,
  jsonLdFormat,
];

export function findFormat(name: string): FileFormat | undefined {
  return formats.find((format) => format.name === name);
}

/** The format of a file by the ending of its name, else by its media type. */
export function recogniseFormat(fileName: string, mediaType?: string): FileFormat | undefined {
  const name = fileName.toLowerCase();
  const type = mediaType?.split(';')[0]?.trim().toLowerCase();
  return (
    formats.find(({ extensions }) => extensions.some((extension) => name.endsWith(extension))) ??
    formats.find(({ mediaTypes }) => type !== undefined && mediaTypes.includes(type))
  );
}
