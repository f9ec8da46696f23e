import { createInterface } from 'node:readline';
import { stopProcess } from './stop-process.ts';
import { parseGuarded, stopOrder } from './guarded.ts';
import type { Guarded } from './guarded.ts';

/**
 * Stops what a killed starter left behind. Its starter writes the list of its processes on stdin, one JSON array
 * a line, the last line counts. When stdin ends without an empty list, the starter was killed:
 * the processes of the list are stopped in order (highest `order` first), then this process ends.
 */
let list: readonly Guarded[] = [];
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
for await (const line of createInterface({ input: process.stdin })) list = parseGuarded(line);
for (const group of stopOrder(list)) await Promise.all(group.map(stopProcess));
