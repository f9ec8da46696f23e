import { parseArgs } from 'node:util';
import { runChaos } from './run.ts';

/** `npm run test:chaos -- --seed 7 --runs 1`: runs of seeds 7, 8, …; without them 20 runs from seed 1. */
const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, runs: { type: 'string', default: '20' } },
});
const [first, runs] = [Number(values.seed), Number(values.runs)];
let failed = 0;
for (let seed = first; seed < first + runs; seed++) {
  const { violations, history, revision, convergedMs } = await runChaos(seed);
  const verdict = violations.length === 0 ? 'ok' : `${violations.length} violations`;
  console.log(
    `seed ${seed}: ${verdict}; revision ${revision}, in step ${convergedMs} ms after the last fault`,
  );
  if (violations.length === 0) continue;
  failed++;
  for (const line of [...history, ...violations.slice(0, 50)]) console.log(`  ${line}`);
  console.log(`  again: npm run test:chaos -- --seed ${seed} --runs 1`);
}
console.log(`\n${runs - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
