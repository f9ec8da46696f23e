import { say } from '#words';
import { UnreadableFile } from './unreadable-file.ts';

export type OfficeKind = 'xlsx' | 'docx';

const mainPart: Record<OfficeKind, string> = { xlsx: 'xl/workbook.xml', docx: 'word/document.xml' };

/** A container that is something else than what was announced. @throws UnreadableFile with what to do instead */
export function refuseArchive(names: ReadonlySet<string>, kind: OfficeKind): void {
  if (names.has(mainPart[kind])) return;
  const advice = others.find(({ part }) => names.has(part))?.advice;
  throw new UnreadableFile(
    'file-kind',
    advice ??
      (kind === 'xlsx'
        ? say`This ZIP file is not an XLSX workbook. Unpack it, and import the file inside.`
        : say`This ZIP file is not a DOCX document. Unpack it, and import the file inside.`),
  );
}

const others = [
  { part: 'xl/workbook.xml', advice: say`This is an XLSX workbook: import it with the format "xlsx".` },
  { part: 'word/document.xml', advice: say`This is a DOCX document: import it with the format "docx".` },
  { part: 'xl/workbook.bin', advice: say`This is a binary workbook (.xlsb). Open it and save it as XLSX.` },
  {
    part: 'ppt/presentation.xml',
    advice: say`This is a presentation. The table itself is needed, as XLSX, CSV or DOCX.`,
  },
  {
    part: 'content.xml',
    advice: say`This is an OpenDocument file (.ods, .odt). Open it and save it as XLSX, CSV or DOCX.`,
  },
];
