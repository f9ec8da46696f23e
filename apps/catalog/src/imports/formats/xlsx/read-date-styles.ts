import type { Archive } from '../zip/archive.ts';
import { readXml } from '../zip/read-xml.ts';

/** Formats of dates that every spreadsheet knows by number (ECMA-376 part 1, 18.8.30). */
const builtIn = new Set([14, 15, 16, 17, 22]);
/** `dd/mm/yyyy`, not a colour, a text in quotes, or `General`. */
const aside = /"[^"]*"|\[[^\]]*\]|\\./g;
const mostStyles = 65_536;

/** Numbers of the cell formats that show a number as a date. */
export async function readDateStyles(archive: Archive): Promise<ReadonlySet<number>> {
  const dates = new Set(builtIn);
  const styles = new Set<number>();
  let place = -1;
  const parts = readXml<never>(archive.read('xl/styles.xml'), () => ({
    open(element, attributes) {
      const code = attributes['formatCode']?.replace(aside, '') ?? '';
      if (element === 'numFmt' && /[dy]/i.test(code) && code.toLowerCase() !== 'general')
        dates.add(Number(attributes['numFmtId']));
      if (element === 'cellXfs') place = 0;
      else if (element === 'xf' && place >= 0 && place < mostStyles) {
        if (dates.has(Number(attributes['numFmtId']))) styles.add(place);
        place++;
      }
    },
    close(element) {
      if (element === 'cellXfs') place = -1;
    },
  }));
  for await (const _ of parts);
  return styles;
}
