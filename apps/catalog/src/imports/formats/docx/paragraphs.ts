import { longestText } from '../table/table.ts';

/** Puts together the text of paragraphs: runs, tabs and line breaks; what is deleted or an instruction of a field is left out. */
export function paragraphs() {
  let collected = '';
  let isText = false;
  const add = (text: string) => {
    if (collected.length <= longestText) collected += text;
  };
  return {
    open(element: string): void {
      isText = element === 't';
      if (element === 'tab') add('\t');
      else if (element === 'br' || element === 'cr') add('\n');
      else if (element === 'noBreakHyphen') add('-');
    },
    text(text: string): void {
      if (isText) add(text);
    },
    close(element: string): void {
      isText = false;
      if (element === 'p') add('\n');
    },
    /** The text since the last call, without empty ends. */
    take(): string {
      const text = collected.trim();
      collected = '';
      return text;
    },
  };
}
