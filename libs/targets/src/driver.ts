import type { Access } from './http/access.ts';
import type { DryRequest } from './http/dry-run.ts';

/** What a target's record must say of one entry. Rendered from an entry by the target's profile. */
export interface RecordContent {
  /** `A1.1.1.4`; a retired record of a target with unique codes carries a suffix. */
  readonly code: string;
  readonly title: string;
  /** External id of the parent's record in this target; null stands directly below the target's root. */
  readonly parent: string | null;
  /** 1 for macro-funzione, 2 for `A1`, … 5 for `A1.1.1.1`. */
  readonly level: number;
  readonly active: boolean;
  /** Last day of use, `YYYY-MM-DD` in Europe/Rome; null while the entry is part of the map. */
  readonly validTo: string | null;
}

/** One write. Without `externalId` the record is created under `key`, else the record of that id is made equal to `content`. */
export interface Step {
  /** Our identity of the record, stored in the target: concept id, with `:generation` from the second record on. */
  readonly key: string;
  readonly externalId: string | null;
  readonly content: RecordContent;
  /** An earlier attempt, whose answer nobody has, may have created the record: look by key before creating. */
  readonly mayExist: boolean;
}

/**
 * What became of one step.
 * - `done`: acknowledged by the target, under this id.
 * - `rejected`: the target will not take this content however often it is sent; its own words in `reason`.
 * - `slow-down`: nothing was written; come back after `retryAfterMs` (both forms of Retry-After, RFC 9110 10.2.3).
 * - `failing`: nothing was written; target or network in trouble.
 * - `unknown`: sent, and the answer was lost. The next attempt must carry `mayExist`.
 * - `gone`: no record has the step's external id any more.
 */
export type Answer =
  | { readonly is: 'done'; readonly externalId: string }
  | { readonly is: 'rejected'; readonly reason: string }
  | { readonly is: 'slow-down'; readonly retryAfterMs: number; readonly reason: string }
  | ({ readonly is: 'failing'; readonly reason: string } & Whose)
  | ({ readonly is: 'unknown'; readonly reason: string } & Whose)
  | { readonly is: 'gone'; readonly reason: string };

/** Whose trouble it may be. */
interface Whose {
  /**
   * Nothing answered, or with what any target of the system might be told: a 5xx, that our credentials are not accepted.
   * Absent: the server answered, and what it says is about this target or this record alone (a folder is not there).
   */
  readonly aboutSystem?: true;
}

/** A record as the target holds it. `key` is null for a foreign record, which nobody touches. */
export interface StoredRecord {
  readonly externalId: string;
  readonly key: string | null;
  /** `level` and `validTo` are null where the target does not store them (see `Capabilities`); absent texts are empty. */
  readonly content: Omit<RecordContent, 'level'> & { readonly level: number | null };
}

/** A thing of the target's own (a line of a time sheet, a case) that uses a record. */
export interface Use {
  readonly id: string;
  /** Of the record; of one of those asked about, where it uses several. */
  readonly externalId: string;
  /** By which people know it; empty where it says nothing. */
  readonly title: string;
  /** Where people open it; null where nobody said. */
  readonly link: string | null;
}

export interface UsePage {
  readonly uses: readonly Use[];
  /** Null on the last page. */
  readonly next: string | null;
}

export interface Capabilities {
  /** Most steps that one call of `write` takes. */
  readonly batchSize: number;
  /** Most bytes of the records of one call together; absent where each record is a request of its own. */
  readonly maxBatchBytes?: number;
  /** Two records may not carry one code, retired ones included. */
  readonly uniqueCodes: boolean;
  /** Only among siblings, and only with the same title too: a record of somebody else seldom keeps a code from ours. Absent: the code is enough. */
  readonly onlyNamesAreUnique?: true;
  /** False: the level is not written, and nothing can be said of it when reading back. */
  readonly storesLevel: boolean;
  /** False: no last day is written, and nothing can be said of it when reading back. */
  readonly storesValidTo: boolean;
  /** False: `list` rejects, and nobody can see what the target really holds. */
  readonly canList: boolean;
  /** False: our key is the external id, and a write makes the record whether it was there or not, so none is ever `gone`. */
  readonly givesIds: boolean;
  /** Whether there are `countUses` and `listUses`. */
  readonly countsUses: boolean;
  /**
   * Whether there is `delete`, and what becomes of a record in use.
   * - `no`: nothing can be removed;
   * - `whatever-uses-it`: it is removed all the same, so somebody must look before;
   * - `unless-used`: the target itself refuses.
   */
  readonly deletes: 'no' | 'whatever-uses-it' | 'unless-used';
  /** Characters. */
  readonly longestTitle: number;
  readonly longestCode: number;
}

/** Where a target is, and how to get in. The secret is resolved by the caller and never logged. */
export interface Connection {
  /** Base address of the system, without a trailing slash. */
  readonly address: string;
  readonly user: string;
  readonly secret: string;
  /** Settings of the profile, checked by the driver's own schema. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly requestTimeoutMs: number;
  /** Connections and sign-ins shared with other targets of the system; a driver without it has its own. */
  readonly access?: Access;
  /** Makes a driver for dry runs: it reads, and each write is told here and never sent. */
  readonly onDryRequest?: (request: DryRequest) => void;
}

/**
 * One wire protocol, spoken to one target. Holds no retry loop, no clock and no database: a call asks once and
 * says what came of it. Never throws for what a target or network does; throws only for a programming error.
 */
export interface Driver {
  readonly capabilities: Capabilities;
  /** Steps of one call do not depend on one another. Answers in the order of the steps, one for each. */
  write(steps: readonly Step[], signal: AbortSignal): Promise<Answer[]>;
  /** All records of the target in pages, foreign ones too. Rejects with `TargetError` when it cannot be read to its end. */
  list(signal: AbortSignal): AsyncIterable<StoredRecord[]>;
  /** How many things of the target's own (lines of time sheets, cases) use each of these records. Rejects with `TargetError`. */
  countUses?(externalIds: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, number>>;
  /**
   * The things that use any of these records, in the order of their ids. Rejects with `TargetError`.
   * @param externalIds at most 100
   * @param page `after`: `next` of the page before; null for the first
   */
  listUses?(
    externalIds: readonly string[],
    page: { readonly after: string | null; readonly limit: number },
    signal: AbortSignal,
  ): Promise<UsePage>;
  /**
   * Removes records that nothing of ours stands below, `batchSize` at most. Answers in the order of the ids, one for each.
   * One that is gone already is `done`, so that a lost answer is repeated; one that the target keeps is `rejected` in its words.
   */
  delete?(externalIds: readonly string[], signal: AbortSignal): Promise<Answer[]>;
  /** Null when the target answers, knows us, and holds what the driver needs (type, root folder, fields); else why not. */
  probe(signal: AbortSignal): Promise<Exclude<Answer, { is: 'done' | 'unknown' | 'gone' }> | null>;
  /** Closes the connections of its own; what is under way on them is cut off. The driver is of no use afterwards. */
  close(): Promise<void>;
}

/** What concerns a target as a whole, not one record. */
export type Trouble = Extract<Answer, { is: 'slow-down' | 'failing' | 'unknown' }>;

/** A target could not be read; inside this library also: could not be written to, and every step of a call is told so. */
export class TargetError extends Error {
  constructor(readonly answer: Exclude<Answer, { is: 'done' }>) {
    super(answer.reason);
  }
}
