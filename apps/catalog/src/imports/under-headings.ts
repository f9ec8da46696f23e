import type { Edition } from '#contracts';
import { levelOf, type Code, type Finding } from '#taxonomy';
import { say } from '#words';
import type { CodedRow } from './coded-row.ts';
import type { Cell, Heading } from './read-cells.ts';

/** Where a coded row stands, as far as headings say. */
export interface UnderHeading {
  /** Absent: below none, or its code tells. */
  readonly heading?: string;
  readonly attributes: CodedRow['attributes'];
  readonly findings: readonly Finding[];
}

/**
 * Keeps the heading that rows stand below, while a document is read from top to bottom. A heading covers the series
 * (the letters) of the first code after it; a top code of another series stands below none and says so in an attribute.
 */
export function headingKeeper(edition: Edition) {
  const seriesOf = new Map<string, string>();
  const topDepth = Math.min(...edition.levels.filter(({ pattern }) => pattern).map(({ depth }) => depth));
  let current: string | undefined;
  return {
    names: (): string[] => [...seriesOf.keys()],
    isCurrent: (heading: string): boolean => heading === current,
    open(heading: string, line: number): Finding[] {
      current = heading;
      if (seriesOf.has(heading)) return [repeated(heading, line)];
      seriesOf.set(heading, '');
      return [];
    },
    place({ code, line }: { readonly code: Code; readonly line: number }): UnderHeading {
      if (levelOf(edition, code)?.depth !== topDepth) return { attributes: {}, findings: [] };
      const series = code.replace(/\d+$/, '');
      if (current !== undefined && seriesOf.get(current) === '') seriesOf.set(current, series);
      if (current !== undefined && seriesOf.get(current) === series)
        return { heading: current, attributes: {}, findings: [] };
      const message = say`${code} stands below no heading of its own.`;
      const finding: Finding = { rule: 'parent-not-stated', severity: 'note', line, code, message };
      return { attributes: unstated(edition), findings: [finding] };
    },
  };
}

/** Coded rows of a whole document with the headings that they stand below. */
export function underHeadings(
  edition: Edition,
  rows: readonly (Cell | Heading)[],
): { rows: CodedRow[]; headings: string[]; findings: Finding[] } {
  const coded: CodedRow[] = [];
  const all: Finding[] = [];
  const keeper = headingKeeper(edition);
  for (const row of rows)
    if ('heading' in row) all.push(...keeper.open(row.heading, row.line));
    else {
      const { code, line, title } = row;
      const { findings, ...placed } = keeper.place(row);
      coded.push({ code, line, title, ...placed });
      all.push(...findings);
    }
  return { rows: coded, headings: keeper.names(), findings: all };
}

function unstated({ unstatedParent }: Edition): CodedRow['attributes'] {
  return unstatedParent ? { [unstatedParent.attribute]: unstatedParent.value } : {};
}

function repeated(heading: string, line: number): Finding {
  return {
    rule: 'heading-repeated',
    severity: 'error',
    line,
    message: say`The heading "${heading}" stands twice.`,
  };
}
