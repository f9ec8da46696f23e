import type { MatchDecision } from '#contracts';
import type { ConceptId } from '#taxonomy';
import type { PersonId } from '../audit/person.ts';

/** What a decision about a row was about; when a corrected file says something else there, it does not hold any more. */
export interface About {
  readonly code: string | null;
  readonly title: string;
}

/** What a person decided about one subject: a row (`row:A1.1`), or a concept that has no row (`concept:<uuid>`). */
export type Decision =
  | { readonly kind: 'same'; readonly conceptId: ConceptId; readonly about: About }
  | { readonly kind: 'new'; readonly predecessors: readonly ConceptId[]; readonly about: About }
  | { readonly kind: 'retired'; readonly successors: readonly string[] };

export interface DecisionRecord {
  readonly subject: string;
  /** null takes back what was decided before. */
  readonly decision: Decision | null;
  /** The act about many of which it is a part. */
  readonly act: object | null;
  readonly why: string;
  readonly decidedBy: PersonId;
  readonly decidedAt: Date;
}

export const rowSubject = (key: string): string => `row:${key}`;
export const conceptSubject = (id: string): string => `concept:${id}`;

export function subjectOf(decision: MatchDecision): string {
  return 'row' in decision ? rowSubject(decision.row) : conceptSubject(decision.concept);
}

/** The decisions that hold, by subject: of each subject the latest, unless it takes back. */
export function standing(
  records: Iterable<DecisionRecord>,
): Map<string, DecisionRecord & { decision: Decision }> {
  const held = new Map<string, DecisionRecord & { decision: Decision }>();
  for (const record of records) {
    const { decision } = record;
    if (decision) held.set(record.subject, { ...record, decision });
    else held.delete(record.subject);
  }
  return held;
}
