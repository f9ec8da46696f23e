import { z } from 'zod';
import { codeSchema, targetStateSchema, targetStatusSchema, textSchema } from '#contracts';
import { deeds } from './act.ts';
import { targetFilter } from './target-filter.ts';

export const targetPath = z.object({ id: textSchema.max(200) });
export const codePath = z.object({ code: codeSchema });
export const schemePath = z.object({ scheme: textSchema.max(200) });

/** Without `codes`: everything that is stuck. */
export const retryBody = z
  .strictObject({ codes: z.array(codeSchema).min(1).max(10_000).optional() })
  .optional();

export const retryAnswer = z.object({
  /** What was stuck and is tried again. */
  retried: z.int(),
  /** The target, or its system, rested after a failure and is asked at once. */
  isAskedNow: z.boolean(),
});
export type RetryAnswer = z.infer<typeof retryAnswer>;

/** `cursor` is the `next` of the page before. */
export const targetsQuery = targetFilter.extend({
  cursor: textSchema.max(200).exactOptional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export const targetsAnswer = z.object({ targets: z.array(targetStatusSchema), next: z.string().nullable() });

export const summaryQuery = targetFilter.extend({
  by: z.enum(['system', 'profile', 'organisation', 'driver', 'wave']).exactOptional(),
});
const counted = z.object({ total: z.int(), states: z.partialRecord(targetStateSchema, z.int()) });
export const targetsSummary = counted.extend({
  /** Empty where nothing is grouped. */
  groups: z.array(counted.extend({ id: z.string() })),
});
export type TargetsSummary = z.infer<typeof targetsSummary>;

/** What people who look later must be told. */
export const reason = textSchema.trim().min(1).max(500);
/** Of acts that are told nothing: what is not known is refused, not passed over. */
export const noBody = z.strictObject({}).optional();
export const pauseBody = z.strictObject({ reason: reason.exactOptional() }).optional();
export const quarantineBody = z.strictObject({ reason });
export const skipBody = z.strictObject({ code: codeSchema, reason });
export const skipAnswer = z.object({
  /** The code, and those below it that cannot be there without it. */
  skipped: z.array(z.string()),
});
export const unskipBody = z.strictObject({ code: codeSchema });
export const unskipAnswer = z.object({ unskipped: z.int() });

/** The same act for all targets that match; with `dryRun` it only says how many they are. */
export const manyBody = z
  .strictObject({
    act: z.enum(['pause', 'resume', 'quarantine', 'release', 'retry', 'resync']),
    filter: targetFilter,
    reason: reason.exactOptional(),
    dryRun: z.boolean().default(false),
  })
  .refine(({ act, reason }) => !deeds[act].needsReason || reason !== undefined, {
    path: ['reason'],
    error: 'say why they are put in quarantine',
  });
export const manyAnswer = z.object({
  done: z.boolean(),
  targets: z.int(),
  /** Those that were not so already. */
  changed: z.int().exactOptional(),
});

/** `changed`: it was not so already. */
export const actAnswer = targetStatusSchema.extend({ changed: z.boolean() });
export type ActAnswer = z.infer<typeof actAnswer>;

export const stuckItem = z.object({
  code: z.string(),
  conceptId: z.uuid(),
  title: z.string(),
  /** Refused by the target or by its profile; or waiting for something that is. */
  class: z.enum(['rejected', 'waits']),
  /** The target's own words, where it gave any. */
  reason: z.string(),
  attempts: z.int(),
  since: z.iso.datetime(),
  nextAttempt: z.iso.datetime().nullable(),
});
export type StuckItem = z.infer<typeof stuckItem>;
/** `cursor` is the `next` of the page before: a code and a concept. */
export const stuckQuery = z.strictObject({
  cursor: textSchema
    .max(500)
    .regex(/^\S* [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'not the `next` of a page')
    .exactOptional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type StuckQuery = z.output<typeof stuckQuery>;
export const stuckAnswer = z.object({
  target: z.string(),
  /** In order of code. */
  items: z.array(stuckItem),
  next: z.string().nullable(),
});
export type StuckPage = Omit<z.infer<typeof stuckAnswer>, 'target'>;

export const skippedAnswer = z.object({
  target: z.string(),
  /** In order of code. */
  items: z.array(
    z.object({
      code: z.string(),
      conceptId: z.uuid(),
      reason: z.string(),
      /** The code that was skipped, without whose record this one cannot be; null: it was skipped itself. */
      becauseOf: z.string().nullable(),
      since: z.iso.datetime(),
      /** Random id of whoever skipped it. */
      by: z.uuid().nullable(),
    }),
  ),
  next: z.string().nullable(),
});
export type SkippedPage = Omit<z.infer<typeof skippedAnswer>, 'target'>;

export const codeAtTarget = z.object({
  target: z.string(),
  conceptId: z.uuid(),
  /** leaving: has ended, and is to be deleted; none: the target has no record of it. */
  record: z.enum(['current', 'ended', 'leaving', 'deleted', 'pending', 'none']),
  externalId: z.string().nullable(),
  /** The code that the record carries now. */
  recordCode: z.string().nullable(),
  acknowledged: z.iso.datetime().nullable(),
  /** The last reading found it gone or altered, and nothing mends it by itself. */
  drifted: z.boolean(),
  stuck: z.object({ class: z.enum(['rejected', 'waits']), reason: z.string(), attempts: z.int() }).nullable(),
});
export type CodeAtTarget = z.infer<typeof codeAtTarget>;
export const codeAnswer = z.object({ code: z.string(), targets: z.array(codeAtTarget) });

export const replicaStatus = z.object({
  scheme: z.string(),
  /** Highest revision that is applied; 0 for none. */
  revision: z.int(),
  contentHash: z.string().nullable(),
  entries: z.int(),
  /** The revision that targets should hold. */
  desired: z.int(),
  /** Revisions that are known and not complete. */
  waiting: z.int(),
  problem: z.string().nullable(),
});
export type ReplicaStatus = z.infer<typeof replicaStatus>;

/** null: not known, because something before it failed. */
export const connectionTest = z.object({
  reachable: z.boolean(),
  authenticated: z.boolean().nullable(),
  /** It holds what the driver needs, and lets us use it. */
  allowed: z.boolean().nullable(),
  /** What is wrong, in the target's own words where it gave any. */
  reason: z.string().nullable(),
  durationMs: z.int(),
});
export type ConnectionTest = z.infer<typeof connectionTest>;

const settings = z.record(z.string(), z.unknown());

/** As in the targets file. */
export const targetConfiguration = z.object({
  id: z.string(),
  scheme: z.string(),
  mode: z.enum(['observe', 'on']),
  pinnedRevision: z.int().nullable(),
  /** What this target has otherwise than its profile. */
  settings,
  organisation: z.object({ id: z.string(), name: z.string(), adopts: z.string(), wave: z.int() }),
  system: z.object({
    id: z.string(),
    address: z.string(),
    user: z.string(),
    /** Where the secret is, never the secret. */
    secret: z.string(),
    concurrency: z.int(),
    rateLimitPerSecond: z.number().nullable(),
    windows: z.array(settings),
    blackouts: z.array(settings),
  }),
  profile: z.object({
    id: z.string(),
    kind: z.string(),
    driver: z.string(),
    language: z.string(),
    missingTitle: z.enum(['show', 'refuse']),
    policies: settings,
    settings,
    offsetDays: z.int(),
    guard: z.enum(['hold', 'off']),
  }),
  /** The newest first, at most 50; all of them are in the audit log. */
  history: z.array(
    z.object({
      position: z.int(),
      at: z.iso.datetime(),
      /** Random id. */
      actor: z.string(),
      action: z.string(),
      subject: z.string(),
      details: settings,
    }),
  ),
});
export type TargetConfiguration = z.infer<typeof targetConfiguration>;

/** `code` and `cursor` are `nextCode` and `nextTarget` of the page before. */
export const matrixQuery = targetFilter.omit({ state: true, scheme: true }).extend({
  /** A code, and what stands below it. */
  branch: codeSchema.exactOptional(),
  code: codeSchema.exactOptional(),
  codes: z.coerce.number().int().min(1).max(100).default(50),
  cursor: textSchema.max(200).exactOptional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export const matrixAnswer = z.object({
  targets: z.array(z.string()),
  rows: z.array(
    z.object({
      code: z.string(),
      /**
       * In the order of `targets`. waits: for another record, or to be sent again; drifted: the last reading found it gone or altered,
       * and nothing mends it by itself.
       */
      cells: z.array(
        z.enum(['in-step', 'drifted', 'waits', 'rejected', 'skipped', 'ended', 'deleted', 'missing']),
      ),
    }),
  ),
  nextCode: z.string().nullable(),
  nextTarget: z.string().nullable(),
});
export type Matrix = z.infer<typeof matrixAnswer>;
