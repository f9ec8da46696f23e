import type { Finding, Hash } from '#taxonomy';
import type { DraftRow } from '../database/entities/draft.entity.ts';

/** What a submission needs of a review; the changes themselves would be all of a large map. */
export interface ReviewSummary {
  readonly findings: readonly Finding[];
  readonly contentHash: Hash | null;
  /** How many. */
  readonly changes: number;
  /** Of what the content hash leaves out. */
  readonly besideHash: Hash;
}

type State = Pick<DraftRow, 'id' | 'version'> & {
  /** Number of the revision in force that it was compared with. */
  readonly head: number | null;
};

const mostKept = 20;
/** One with more is computed again. */
const mostFindings = 10_000;

/**
 * The reviews of the last drafts that were looked at: between the list of warnings and the submission nothing of a draft
 * changes, and a large one takes seconds. Every edit gives a draft a new version, so what is kept is never outdated.
 */
export class RecentReviews {
  private readonly kept = new Map<string, { readonly state: string; readonly summary: ReviewSummary }>();

  async of(state: State, compute: () => Promise<ReviewSummary>): Promise<ReviewSummary> {
    const name = `${state.version} on ${state.head ?? 'nothing'}`;
    const known = this.kept.get(state.id);
    if (known?.state === name) return known.summary;
    const summary = await compute();
    this.kept.delete(state.id);
    if (summary.findings.length <= mostFindings) this.kept.set(state.id, { state: name, summary });
    for (const oldest of [...this.kept.keys()].slice(0, -mostKept)) this.kept.delete(oldest);
    return summary;
  }
}
