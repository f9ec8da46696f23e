import 'reflect-metadata';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createHttpApp, createLogger } from '#platform';
import { NearCodes } from '#taxonomy';
import { Module } from '@nestjs/common';
import { ResolveController } from '../../apps/catalog/src/resolve/resolve.controller.ts';
import { SchemeHistories, type SchemeHistory } from '../../apps/catalog/src/resolve/scheme-histories.ts';
import { Timeline } from '../../apps/catalog/src/resolve/timeline.ts';
import { bigHistory, lastRevision } from './big-history.ts';

/**
 * How many codes a second are resolved over HTTP, streamed as NDJSON and as CSV: the real controller on a large history
 * in memory, asked by a client process of its own. Run after `npm run build`: node_modules/.bin/node
 * dist/test/bench/resolve-http.js [lines]
 */
const { index } = bigHistory();
const points = Array.from({ length: lastRevision }, (_, i) => ({
  revision: i + 1,
  edition: 'Bench',
  effectiveDate: `202${i}-01-01`,
}));
const history: SchemeHistory = {
  schemeId: 'bench',
  index,
  near: new NearCodes(index),
  timeline: new Timeline(points),
  lowest: 1,
  head: lastRevision,
};

@Module({
  controllers: [ResolveController],
  providers: [{ provide: SchemeHistories, useValue: { get: async () => Promise.resolve(history) } }],
})
class BenchModule {}

const app = await createHttpApp(BenchModule, {
  name: 'bench',
  host: '127.0.0.1',
  port: 0,
  logger: createLogger('bench', 'silent'),
  authentication: 'own',
});
const address = await app.start();
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const client = fork(new URL(`resolve-http-client.${extension}`, import.meta.url), [
  address,
  process.argv[2] ?? '1000000',
]);
const startMb = process.memoryUsage().rss / 1_048_576;
const cpu = process.cpuUsage();
let peakMb = 0;
const watch = setInterval(() => (peakMb = Math.max(peakMb, process.memoryUsage().rss / 1_048_576)), 50);
await once(client, 'exit');
clearInterval(watch);
const { user, system } = process.cpuUsage(cpu);
console.log({
  serverMbBefore: Math.round(startMb),
  serverPeakMb: Math.round(peakMb),
  serverCpuSeconds: (user + system) / 1e6,
});
await app.stop();
