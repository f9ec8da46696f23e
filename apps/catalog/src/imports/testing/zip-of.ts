import { ZipFile } from 'yazl';

/** A ZIP file with these parts, for tests. */
export async function zipOf(parts: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts))
    zip.addBuffer(Buffer.from(content), name, { compress: content.length > 100 });
  zip.end();
  const chunks: Uint8Array[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** A workbook with this XML inside its sheet (rows, merged cells), and texts that cells share. */
export function workbookOf(
  sheet: string,
  more: Readonly<Record<string, string | Buffer>> = {},
): Promise<Buffer> {
  return zipOf({
    'xl/workbook.xml': '<workbook><sheets><sheet name="Uno" sheetId="1" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': `<worksheet>${sheet}</worksheet>`,
    ...more,
  });
}

/** Rows of cells with their texts inside; the first row is 1. */
export function rowsOf(...rows: readonly (readonly string[])[]): string {
  return `<sheetData>${rows.map((cells) => `<row>${cells.map(cell).join('')}</row>`).join('')}</sheetData>`;
}

function cell(text: string): string {
  return `<c t="inlineStr"><is><t>${text}</t></is></c>`;
}
