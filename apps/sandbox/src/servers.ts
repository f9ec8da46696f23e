/** The simulated servers by the names that `/control` uses: Salesforce, CMIS 1.1, SCIM 2.0, OData 4.0, Standard Webhooks. */
export const serverNames = ['crm', 'cmis', 'scim', 'odata', 'webhook'] as const;
export type ServerName = (typeof serverNames)[number];

/** One record as a person or a test sees it, whatever the protocol. */
export interface HeldRecord {
  readonly id: string;
  /** Our identity of the record as the client stored it; null for a foreign record. */
  readonly key: string | null;
  readonly code: string | null;
  readonly title: string | null;
  readonly parentCode: string | null;
  /** `id` of the record below which it stands. */
  readonly parentId: string | null;
  /** Null where the server has no such field. */
  readonly level: number | null;
  readonly active: boolean | null;
  /** `YYYY-MM-DD` in Europe/Rome. */
  readonly validTo: string | null;
}

/** One write that was stored. `repeated`: it said what the record said already. */
export interface JournalLine {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Id of the record there. */
  readonly record: string;
  readonly key: string | null;
  readonly what: 'created' | 'changed' | 'repeated';
}

export interface Search {
  /** Part of a code or of a title; empty finds everything. */
  readonly words: string;
  readonly limit: number;
}

/** What a server holds, seen from behind its protocol. */
export interface Holdings {
  readonly server: ServerName;
  count(): number;
  /** In the order of codes, `A1.2` before `A1.10`. Everything without a search. */
  records(search?: Search): HeldRecord[];
  /** What was written, in order; the newest 100,000. */
  journal(): JournalLine[];
  /** Removes the record of a code as if it had never been; answers how many records went with it. */
  lose(code: string): number;
}

const byNumbers = new Intl.Collator('en', { numeric: true });

export function inOrderOfCodes(records: HeldRecord[]): HeldRecord[] {
  return records.sort((a, b) => byNumbers.compare(a.code ?? '', b.code ?? ''));
}

const romeDay = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome' });

/** The day in Europe/Rome of an instant, `YYYY-MM-DD`. */
export const dayInRome = (instant: number | string): string => romeDay.format(new Date(instant));

/** Injection token of what the servers hold, `Holdings[]`. */
export const HOLDINGS = Symbol('Holdings');
