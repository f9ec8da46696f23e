import type { Sentence } from '#words';
import { conceptIdFrom, type ConceptId, type Entry } from '../entry.ts';
import type { Finding } from '../finding.ts';
import { rules, type RuleId } from './rules.ts';

/** Never more of a name than a line takes. */
export const longestName = 100;

/** What people call an entry: its code, else its title. */
export function nameOf(entry: Entry): string {
  return (entry.code ?? titleOf(entry) ?? entry.conceptId).slice(0, longestName);
}

/** What people call an entry of a map; its id where the map has none. */
export function nameIn<Id extends string>(entries: Pick<ReadonlyMap<Id, Entry>, 'get'>, id: Id): string {
  const entry = entries.get(id);
  return entry ? nameOf(entry) : id;
}

/** The code of an entry, beside what is said of it; nothing where it has none. */
export function codeBeside(entry: Pick<Entry, 'code'> | undefined): { readonly code?: string } {
  return entry?.code ? { code: entry.code.slice(0, longestName) } : {};
}

export function titleOf(entry: Pick<Entry, 'titles'> | undefined): string | null {
  return (entry && Object.values(entry.titles)[0]?.official) ?? null;
}

interface Of {
  /** Tells two findings of one rule on one entry apart. */
  readonly detail?: string | number;
  readonly field?: string | undefined;
}

/** A finding on an entry. */
export function found(rule: RuleId, entry: Entry, message: Sentence, { detail, field }: Of = {}): Finding {
  const key = [rule, entry.conceptId, ...(detail === undefined ? [] : [detail])].join(':');
  const finding = { rule, severity: rules[rule].severity, ...codeBeside(entry), message, key };
  return field === undefined ? finding : { ...finding, field };
}

/** Whose entry a finding of `found` is about; null for any other. */
export function conceptOf({ rule, key }: Finding): ConceptId | null {
  const [of, id] = key?.split(':') ?? [];
  return of === rule && id !== undefined ? conceptIdFrom(id) : null;
}
