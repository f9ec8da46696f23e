import { mostColumns, type TableRead } from '../table/table.ts';
import { attributeOf, readXml, textTooLong } from '../zip/read-xml.ts';
import { paragraphs } from './paragraphs.ts';

/**
 * Rows of all tables of a document (ECMA-376 part 1, WordprocessingML), one after another, with the paragraphs
 * between them, because headings of the map stand there. Lines count rows and such paragraphs. A cell that goes on from the row
 * above (`vMerge`) is empty, one over several columns (`gridSpan`) is followed by empty ones; a table inside a cell is text of that cell.
 */
export function readTables(part: AsyncIterable<Uint8Array>): AsyncGenerator<TableRead[]> {
  return readXml<TableRead>(part, (emit) => {
    const text = paragraphs();
    let line = 0;
    let tables = 0;
    let cells: string[] = [];
    let span = 1;
    let goesOn = false;

    const closeCell = () => {
      const content = text.take();
      if (goesOn) emit({ merged: { line: line + 1, index: cells.length, rows: 2, columns: 1 } });
      cells.push(goesOn ? '' : content);
      if (span > 1) emit({ merged: { line: line + 1, index: cells.length - 1, rows: 1, columns: span } });
      for (let i = 1; i < span && cells.length < mostColumns; i++) cells.push('');
    };
    return {
      open(element, attributes) {
        const value = attributeOf(attributes, 'val');
        if (element === 'tbl') tables++;
        if (tables <= 1) {
          if (element === 'tr') cells = [];
          else if (element === 'tc') [span, goesOn] = [1, false];
          else if (element === 'gridSpan') span = Math.min(Math.max(Number(value) || 1, 1), mostColumns);
          else if (element === 'vMerge') goesOn = value !== 'restart';
        }
        text.open(element);
      },
      text: (piece) => text.text(piece),
      close(element) {
        text.close(element);
        if (element === 'tbl') tables--;
        if (tables === 1 && element === 'tc') closeCell();
        else if (tables === 1 && element === 'tr') emit({ row: { line: ++line, cells } });
        else if (tables === 0 && element === 'p') {
          const content = text.take();
          if (content !== '') emit({ text: content, line: ++line });
        }
      },
      textTooLong: () => textTooLong({ line: line + 1 }),
    };
  });
}
