import { z } from 'zod';
import type { Capabilities, Step, StoredRecord } from '../driver.ts';

/** A record as `search_read` gives it. */
export const row = z.looseObject({ id: z.int(), _timestamp: z.string().nullish() });
export type Row = z.infer<typeof row>;

/** A domain of Tryton, `[['id', 'in', [1, 2]]]`. */
export type Domain = readonly unknown[];

/** What uses records: a title for people, and the ids of the records. */
export interface TrytonUse {
  readonly title: string;
  readonly records: readonly number[];
}

/** How the map is kept in one model of Tryton. */
export interface Model {
  readonly name: 'project.work' | 'party.category';
  /** Field in which our key stands. */
  readonly keyField: string;
  readonly fields: readonly string[];
  /** What Tryton says of a record with these fields. */
  readonly schema: z.ZodType<Row>;
  /** Finds records that are out of use too. */
  readonly everything: Domain;
  readonly uniqueCodes: boolean;
  readonly storesValidTo: boolean;
  readonly deletes: Capabilities['deletes'];
  /** What the record of a step must hold. @param held the record as it is; null for a new one */
  values(step: Step, held: Row | null): Readonly<Record<string, unknown>>;
  read(held: Row): StoredRecord;
  /** Where the uses of records are counted and listed. */
  readonly uses: {
    readonly model: string;
    /** Of those that use any of these records. */
    domain(ids: readonly number[]): Domain;
    readonly fields: readonly string[];
    read(use: Row): TrytonUse;
  };
}

/** Tryton's date in JSON. */
export const trytonDate = z.looseObject({ year: z.int(), month: z.int(), day: z.int() });

/** `2026-12-31` -> Tryton's date in JSON */
export function toTrytonDate(day: string): Readonly<Record<string, unknown>> {
  const [year, month, date] = day.split('-').map(Number);
  return { __class__: 'date', year, month, day: date };
}

export function fromTrytonDate({ year, month, day }: z.infer<typeof trytonDate>): string {
  return [year, month, day].map((part, i) => String(part).padStart(i === 0 ? 4 : 2, '0')).join('-');
}

/** Id of a record, or null where the text is none of Tryton's. */
export const idOf = (externalId: string): number | null =>
  /^[1-9]\d{0,8}$/.test(externalId) ? Number(externalId) : null;
