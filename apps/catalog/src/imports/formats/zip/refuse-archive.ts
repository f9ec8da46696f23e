import { UnreadableFile } from './unreadable-file.ts';

export type OfficeKind = 'xlsx' | 'docx';

const mainPart: Record<OfficeKind, string> = { xlsx: 'xl/workbook.xml', docx: 'word/document.xml' };

/** A container that is something else than what was announced. @throws UnreadableFile with what to do instead */
export function refuseArchive(names: ReadonlySet<string>, kind: OfficeKind): void {
  if (names.has(mainPart[kind])) return;
  const advice = others.find(({ part }) => names.has(part))?.advice;
  const what = kind === 'xlsx' ? 'an XLSX workbook' : 'a DOCX document';
  throw new UnreadableFile(
    'file-kind',
    advice ?? `This ZIP file is not ${what}. Unpack it, and import the file inside.`,
  );
}

const others = [
  { part: 'xl/workbook.xml', advice: 'This is an XLSX workbook: import it with the format "xlsx".' },
  { part: 'word/document.xml', advice: 'This is a DOCX document: import it with the format "docx".' },
  { part: 'xl/workbook.bin', advice: 'This is a binary workbook (.xlsb). Open it and save it as XLSX.' },
  {
    part: 'ppt/presentation.xml',
    advice: 'This is a presentation. The table itself is needed, as XLSX, CSV or DOCX.',
  },
  {
    part: 'content.xml',
    advice: 'This is an OpenDocument file (.ods, .odt). Open it and save it as XLSX, CSV or DOCX.',
  },
];
