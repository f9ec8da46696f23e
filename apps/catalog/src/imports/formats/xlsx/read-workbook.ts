import { say } from '#words';
import type { TableRead } from '../table/table.ts';
import type { Archive } from '../zip/archive.ts';
import { attributeOf, readXml, textTooLong } from '../zip/read-xml.ts';
import { UnreadableFile, type Whereabouts } from '../zip/unreadable-file.ts';
import { originSheet, readOrigin } from './origin-sheet.ts';
import { readDateStyles } from './read-date-styles.ts';
import { readSharedTexts, SharedTextTooLong } from './read-shared-texts.ts';
import { readSheet } from './read-sheet.ts';

interface Sheet {
  readonly name: string;
  readonly relation: string;
}

/** Rows of one sheet of a workbook (ECMA-376 part 1, SpreadsheetML): the named one, else the first. */
export async function* readWorkbook(archive: Archive, wanted?: string): AsyncGenerator<TableRead[]> {
  const sheets = await collect(
    readXml<Sheet>(archive.read('xl/workbook.xml'), (emit) => ({
      open(element, attributes) {
        const relation = attributeOf(attributes, 'id');
        if (element === 'sheet' && relation !== undefined) emit({ name: attributes['name'] ?? '', relation });
      },
    })),
  );
  const sheet = wanted === undefined ? sheets[0] : sheets.find(({ name }) => name === wanted);
  if (!sheet) throw sheetMissing(wanted, sheets);
  const { target, hasLinks } = await findTarget(archive, sheet.relation);
  if (hasLinks) yield [{ finding: linksIgnored }];
  const texts = archive.names.has('xl/sharedStrings.xml') ? await readTextsOf(archive, target) : [];
  const others = sheets.filter(({ name }) => name !== sheet.name && name !== originSheet);
  if (others.length > 0) yield [{ otherSheets: others.map(({ name }) => name) }];
  const aside = sheets.find(({ name }) => name === originSheet && name !== sheet.name);
  if (aside) {
    const origin = await readOrigin(
      readSheet(archive.read((await findTarget(archive, aside.relation)).target), texts),
    );
    if (origin) yield [{ origin }];
  }
  const dates = archive.names.has('xl/styles.xml') ? await readDateStyles(archive) : undefined;
  yield* readSheet(archive.read(target), texts, dates);
}

async function readTextsOf(archive: Archive, sheet: string): Promise<string[]> {
  try {
    return await readSharedTexts(archive);
  } catch (error) {
    if (!(error instanceof SharedTextTooLong)) throw error;
    throw textTooLong(await findCell(archive.read(sheet), error.number));
  }
}

/** The first cell of a sheet that refers to a shared text; nowhere when none does. */
async function findCell(sheet: AsyncIterable<Uint8Array>, text: number): Promise<Whereabouts> {
  const wanted = '\0'; // which XML cannot hold
  const texts = Array<string>(text + 1).fill('');
  texts[text] = wanted;
  for await (const batch of readSheet(sheet, texts))
    for (const item of batch) {
      const index = 'row' in item ? item.row.cells.indexOf(wanted) : -1;
      if ('row' in item && index >= 0) return { line: item.row.line, column: index + 1 };
    }
  return {};
}

/** The part that a relation names; relations to other files are never followed. */
async function findTarget(archive: Archive, wanted: string): Promise<{ target: string; hasLinks: boolean }> {
  const relations = await collect(
    readXml<Readonly<Record<string, string>>>(archive.read('xl/_rels/workbook.xml.rels'), (emit) => ({
      open: (element, attributes) => element === 'Relationship' && emit(attributes),
    })),
  );
  const found = relations.find(({ Id, TargetMode }) => Id === wanted && TargetMode !== 'External');
  const target = found?.['Target'] ?? '';
  if (target === '') throw new UnreadableFile('zip-damaged', say`The sheet is not inside the file.`);
  const hasLinks = relations.some(
    ({ Type, TargetMode }) => TargetMode === 'External' || Type?.endsWith('/externalLink'),
  );
  return { target: target.startsWith('/') ? target.slice(1) : `xl/${target}`, hasLinks };
}

const linksIgnored = {
  rule: 'external-reference',
  severity: 'warning' as const,
  message: say`The workbook refers to other files; they are not read, and the values that it last had are taken.`,
};

function sheetMissing(wanted: string | undefined, sheets: readonly Sheet[]): UnreadableFile {
  if (wanted === undefined) return new UnreadableFile('zip-damaged', say`The workbook has no sheet.`);
  const names = sheets.slice(0, 20).map(({ name }) => `"${name}"`);
  return new UnreadableFile(
    'sheet-missing',
    say`There is no sheet "${wanted}". There are: ${names.join(', ')}.`,
  );
}

async function collect<Item>(batches: AsyncIterable<Item[]>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
}
