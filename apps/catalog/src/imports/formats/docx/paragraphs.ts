import { longestText } from '../table/table.ts';

/**
 * Puts together the text of paragraphs: runs, tabs and line breaks. Left out is what is deleted, the instruction of a field,
 * and what a tracked move took away (`moveFrom`, ECMA-376 part 1, 17.13.5): it stands once, where it was moved to.
 */
export function paragraphs() {
  let collected = '';
  let isText = false;
  let movedAway = 0;
  const add = (text: string) => {
    if (movedAway === 0 && collected.length <= longestText) collected += text;
  };
  return {
    open(element: string): void {
      isText = element === 't';
      if (element === 'moveFrom') movedAway++;
      if (element === 'tab') add('\t');
      else if (element === 'br' || element === 'cr') add('\n');
      else if (element === 'noBreakHyphen') add('-');
    },
    text(text: string): void {
      if (isText) add(text);
    },
    close(element: string): void {
      isText = false;
      if (element === 'moveFrom') movedAway--;
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
