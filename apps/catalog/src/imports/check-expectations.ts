import type { Corrections, Edition } from '#contracts';
import { levelOf, type Finding } from '#taxonomy';
import { say, type Sentence } from '#words';
import type { CodedRow } from './coded-row.ts';

/**
 * Compares what was read with what a reviewer counted in the document: a lost line, or a heading in the wrong place,
 * leaves a map that looks sound.
 */
export function checkExpectations(
  edition: Edition,
  { expect }: Corrections,
  rows: readonly CodedRow[],
): Finding[] {
  if (!expect) return [];
  const depths = edition.levels.filter(({ pattern }) => pattern !== undefined).map(({ depth }) => depth);
  const unique = [...new Map(rows.map((row) => [row.code, row])).values()];
  const bySeries = Map.groupBy(unique, ({ code }) => seriesOf(code));
  const series = new Set([...Object.keys(expect), ...bySeries.keys()]);
  return [...series].flatMap((name) => {
    const found = bySeries.get(name) ?? [];
    const expected = expect[name];
    if (!expected)
      return [
        differs(say`The series ${name} is not expected; codes that it has: ${found.length}.`, found[0]),
      ];
    const counts = depths.flatMap((depth, i) => {
      const count = found.filter(({ code }) => levelOf(edition, code)?.depth === depth).length;
      const wanted = expected.codes[i] ?? 0;
      return count === wanted
        ? []
        : [differs(say`The series ${name} has codes of level ${depth}: ${count} instead of ${wanted}.`)];
    });
    const misplaced = found
      .filter(({ code, title }) => title !== null && levelOf(edition, code)?.depth === depths[0])
      .filter(({ heading }) => (heading ?? null) !== expected.heading)
      .map((row) =>
        differs(
          say`${row.code} stands below ${row.heading ?? say`no heading`} instead of ${expected.heading ?? say`no heading`}.`,
          row,
        ),
      );
    return [...counts, ...misplaced];
  });
}

const seriesOf = (code: string): string => /^\D*/.exec(code)?.[0] ?? '';

function differs(message: Sentence, row?: CodedRow): Finding {
  const place = row ? { code: row.code, ...(row.line === undefined ? {} : { line: row.line }) } : {};
  return { rule: 'differs-from-review', severity: 'error', message, ...place };
}
