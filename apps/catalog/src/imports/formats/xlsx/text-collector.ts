import { longestText } from '../table/table.ts';

/** Puts together the text of a cell from its runs (`t`), without readings of Asian characters (`rPh`); no more than is told of anyway. */
export function textCollector() {
  let collected = '';
  let isText = false;
  let inReading = false;
  return {
    clear(): void {
      collected = '';
    },
    open(element: string): void {
      if (element === 'rPh') inReading = true;
      isText = element === 't' && !inReading;
    },
    text(text: string): void {
      if (isText && collected.length <= longestText) collected += text;
    },
    close(element: string): void {
      if (element === 'rPh') inReading = false;
      isText = false;
    },
    get: (): string => collected,
  };
}
