import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { xmlText } from './xml-text.ts';

/** Always the same, so that one revision gives the same bytes, and a strong ETag holds. */
const timeless = { mtime: new Date(2000, 0, 1), mode: 0o100644, forceDosTimestamp: true };

/** Cell formats of `styles.xml`, by place. */
export const styles = { plain: 0, header: 1, locked: 2, open: 3, openNumber: 4 } as const;

/** A sheet by its name, with the XML of its worksheet, piece by piece. */
export interface Sheet {
  readonly name: string;
  readonly xml: AsyncIterable<string>;
}

/** A workbook (ECMA-376 part 1, SpreadsheetML), packed while its sheets are written. */
export async function* workbook(...sheets: readonly Sheet[]): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const sources = sheets.map(({ xml }) => Readable.from(xml));
  const output = Readable.from(zip.outputStream);
  for (const [name, xml] of Object.entries(fixedParts(sheets)))
    zip.addBuffer(Buffer.from(`${declaration}${xml}`), name, timeless);
  sources.forEach((source, i) => {
    source.on('error', (error) => output.destroy(error));
    zip.addReadStream(source, `xl/worksheets/sheet${i + 1}.xml`, timeless);
  });
  zip.end();
  try {
    for await (const chunk of output) yield chunk as Uint8Array; // oxlint-disable-line typescript/no-unsafe-type-assertion -- what yazl gives
  } finally {
    for (const source of sources) source.destroy();
  }
}

export const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
export const mainNamespace = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

function fixedParts(sheets: readonly Sheet[]): Readonly<Record<string, string>> {
  const each = (xml: (name: string, number: number) => string) =>
    sheets.map(({ name }, i) => xml(xmlText(name), i + 1)).join('');
  const types = each(
    (_, n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${sheetType}.worksheet+xml"/>`,
  );
  const listed = each((name, n) => `<sheet name="${name}" sheetId="${n}" r:id="rId${n}"/>`);
  const relations = each(
    (_, n) => `<Relationship Id="rId${n}" Type="${office}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
  );
  const ofStyles = `<Relationship Id="rId${sheets.length + 1}" Type="${office}/styles" Target="styles.xml"/>`;
  return {
    '[Content_Types].xml': `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${sheetType}.sheet.main+xml"/>${types}<Override PartName="/xl/styles.xml" ContentType="${sheetType}.styles+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${mainNamespace}" xmlns:r="${office}"><sheets>${listed}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packages}/relationships">${relations}${ofStyles}</Relationships>`,
    'xl/styles.xml': stylesXml,
  };
}

/** Text cells are of the format "text" (`numFmtId` 49), so that a code such as 01.10 stays what it is when it is typed. */
const stylesXml = `<styleSheet xmlns="${mainNamespace}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE6ECF2"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf numFmtId="49" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf><xf numFmtId="49" fontId="1" fillId="2" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="49" fillId="2" applyNumberFormat="1" applyFill="1" applyAlignment="1"><alignment vertical="top"/></xf><xf numFmtId="49" applyNumberFormat="1" applyAlignment="1" applyProtection="1"><alignment vertical="top" wrapText="1"/><protection locked="0"/></xf><xf applyAlignment="1" applyProtection="1"><alignment vertical="top"/><protection locked="0"/></xf></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
