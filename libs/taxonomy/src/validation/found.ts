import type { Sentence } from '#words';
import type { Entry } from '../entry.ts';
import type { Finding } from '../finding.ts';
import { rules, type RuleId } from './rules.ts';

const longestName = 100;

/** What people call an entry: its code, else its title, never more of it than a line takes. */
export function nameOf({ code, titles, conceptId }: Entry): string {
  return (code ?? Object.values(titles)[0]?.official ?? conceptId).slice(0, longestName);
}

/** A finding on an entry. `detail` tells two findings of one rule on one entry apart. */
export function found(rule: RuleId, entry: Entry, message: Sentence, detail?: string | number): Finding {
  const key = [rule, entry.conceptId, ...(detail === undefined ? [] : [detail])].join(':');
  return { rule, severity: rules[rule].severity, code: nameOf(entry), message, key };
}
