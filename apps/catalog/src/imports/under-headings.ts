import type { Edition } from '#contracts';
import { levelOf, type Finding } from '#taxonomy';
import type { CodedRow } from './coded-row.ts';
import type { Cell, Heading } from './read-cells.ts';

/**
 * Coded rows with the heading that they stand below. A heading covers the series (the letters) of the first code
 * after it; a top code of another series stands below none and says so in an attribute.
 */
export function underHeadings(
  edition: Edition,
  rows: readonly (Cell | Heading)[],
): { rows: CodedRow[]; headings: string[]; findings: Finding[] } {
  const coded: CodedRow[] = [];
  const findings: Finding[] = [];
  const seriesOf = new Map<string, string>();
  const topDepth = Math.min(...edition.levels.filter(({ pattern }) => pattern).map(({ depth }) => depth));
  let current: string | undefined;
  for (const row of rows) {
    if ('heading' in row) {
      current = row.heading;
      if (seriesOf.has(current)) findings.push(repeated(row));
      else seriesOf.set(current, '');
      continue;
    }
    const { code, line, title } = row;
    if (levelOf(edition, code)?.depth !== topDepth) {
      coded.push({ code, line, title, attributes: {} });
      continue;
    }
    const series = code.replace(/\d+$/, '');
    if (current !== undefined && seriesOf.get(current) === '') seriesOf.set(current, series);
    if (current !== undefined && seriesOf.get(current) === series) {
      coded.push({ code, line, title, heading: current, attributes: {} });
    } else {
      coded.push({ code, line, title, attributes: unstated(edition) });
      findings.push({
        rule: 'parent-not-stated',
        severity: 'note',
        line,
        code,
        message: `${code} stands below no heading of its own.`,
      });
    }
  }
  return { rows: coded, headings: [...seriesOf.keys()], findings };
}

function unstated({ unstatedParent }: Edition): CodedRow['attributes'] {
  return unstatedParent ? { [unstatedParent.attribute]: unstatedParent.value } : {};
}

function repeated({ line, heading }: Heading): Finding {
  return {
    rule: 'heading-repeated',
    severity: 'error',
    line,
    message: `The heading "${heading}" stands twice.`,
  };
}
