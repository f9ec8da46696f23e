import { join } from 'node:path';
import { z } from 'zod';
import { readJson } from './json-file.ts';

/** What a running Mappa tells other commands (status, demo, bench): `.mappa/run.json`, mode 0600. */
export const runFileSchema = z.object({
  launcher: z.int(),
  startedAt: z.iso.datetime(),
  addresses: z.object({ catalog: z.url(), connector: z.url(), sandbox: z.url() }),
  brokers: z.string(),
  databases: z.object({
    admin: z.string(),
    catalog: z.string(),
    connector: z.string(),
  }),
  /** By name; postgres and kafka only where the launcher started them. */
  pids: z.record(z.string(), z.int()),
  logs: z.string(),
});
export type RunFile = z.infer<typeof runFileSchema>;

/** The running Mappa of this home; undefined when none is up. */
export function readRunFile(home: string): RunFile | undefined {
  return readJson(runFilePath(home), runFileSchema);
}

export function runFilePath(home: string): string {
  return join(home, 'run.json');
}
