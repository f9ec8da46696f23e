import { run, sql, type Executor } from '#platform';
import type { FoundRevision } from '../../reading/find-revision.ts';

/** Revisions of one edition, one after the other. */
export interface EditionSpan {
  readonly edition: string;
  readonly from: number;
  readonly through: number;
}

/** All editions up to a revision, the oldest first. */
export async function readEditionSpans(
  db: Executor,
  { schemeId, number }: Pick<FoundRevision, 'schemeId' | 'number'>,
): Promise<EditionSpan[]> {
  const revisions = await run<{ number: number; label: string }>(
    db,
    sql`
    select r.number, e.label from revision r join edition e on e.id = r.edition_id
    where r.scheme_id = ${schemeId} and r.number <= ${number} order by r.number`,
  );
  const spans: EditionSpan[] = [];
  for (const { number: through, label } of revisions) {
    const last = spans.at(-1);
    if (last?.edition === label) spans[spans.length - 1] = { ...last, through };
    else spans.push({ edition: label, from: through, through });
  }
  return spans;
}
