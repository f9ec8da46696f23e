import { z } from 'zod';
import { linkSetting } from '../uses/link.ts';

/** What the map is in this Tryton. The address of the system is that of the database, `https://erp.example.it/camera`. */
export const trytonSettings = z.strictObject({
  /** Works that hours are booked on, or categories of parties. */
  model: z.enum(['project.work', 'party.category']).default('project.work'),
  /** Id of the company; without it, the one of the user. */
  company: z.int().min(1).nullable().default(null),
  /** Where people open what uses a record: `https://erp.example.it/#camera/model/timesheet.line/{id}`. */
  useLink: linkSetting,
  /** Of the JSON-RPC, below the database; 6.0 has it at `/`. */
  rpcPath: z
    .string()
    .regex(/^\/([\w-]+\/)*$/, 'a path with a slash at both ends, for example /rpc/')
    .default('/rpc/'),
  /** Records of one request, all stored or none. */
  batchSize: z.int().min(1).max(500).default(100),
  /** Tryton takes requests of 2 MB as it is installed (`[request] max_size`). */
  maxBatchBytes: z.int().min(10_000).default(1_500_000),
  /** Requests at the same time. */
  concurrency: z.int().min(1).max(32).default(4),
  longestTitle: z.int().min(1).default(2000),
  longestCode: z.int().min(1).default(255),
});

export type TrytonSettings = z.infer<typeof trytonSettings>;
