import { match, type Matching } from '#taxonomy';
import { renumbered, type Renumbered } from './matching-map.ts';

/** `node --conditions=source test/bench/matching-speed.ts [size]`: how fast and how right matching is on generated editions. */
const size = Number(process.argv[2] ?? 350_000);
for (const words of (process.argv[3] ?? '4,3,2,1').split(',').map(Number)) {
  const map = renumbered(size, words, words);
  const titles = new Set(map.base.map(({ title }) => title)).size;
  const [start, before] = [performance.now(), process.cpuUsage()];
  const matching = match(map.rows, map.base);
  const seconds = ((performance.now() - start) / 1_000).toFixed(1);
  const { user, system } = process.cpuUsage(before);
  const cpu = ((user + system) / 1e6).toFixed(1);
  console.log(
    `${map.rows.length} rows, ${titles} different titles: ${seconds} s (${cpu} s of CPU)`,
    judged(map, matching),
  );
}

function judged({ truth }: Renumbered, { rows }: Matching): Record<string, number | string> {
  const count = { automatic: 0, wrong: 0, first: 0, amongThree: 0, open: 0 };
  for (const { rowId, how, conceptId, proposals } of rows) {
    const meant = truth.get(rowId);
    if (how === 'automatic') {
      count.automatic++;
      count.wrong += Number(conceptId !== meant);
      continue;
    }
    count.open++;
    const place = proposals.findIndex((proposal) => proposal.conceptId === meant);
    count.first += Number(place === 0);
    count.amongThree += Number(place >= 0 && place < 3);
  }
  const percent = (part: number) => `${((100 * part) / Math.max(1, count.open)).toFixed(2)} %`;
  return { ...count, first: percent(count.first), amongThree: percent(count.amongThree) };
}
