import type { IndexedLink } from './history-index.ts';

/** Revisions after the first number, and before the second, which are passed over; the second is the rollback. */
type Span = readonly [after: number, through: number];

/** Whether a succession of a rollback only undoes what came about since the revision to which it went back. */
export type LeadsBack = (link: IndexedLink) => boolean;

/** The revisions that count between two, and the successions of those that were undone again. */
export class WayThrough {
  static readonly straight = new WayThrough([], () => false, new Set());

  private readonly passedOver: readonly Span[];
  private readonly leadsBack: LeadsBack;
  private readonly undone: ReadonlySet<IndexedLink>;

  private constructor(passedOver: readonly Span[], leadsBack: LeadsBack, undone: ReadonlySet<IndexedLink>) {
    this.passedOver = passedOver;
    this.leadsBack = leadsBack;
    this.undone = undone;
  }

  /**
   * Goes back from the later revision to the earlier one, from each rollback at once to what it went back to.
   * @param rollbacks each with the revision that it went back to
   */
  static over(
    rollbacks: ReadonlyMap<number, number>,
    leadsBack: LeadsBack,
    { low, high }: { readonly low: number; readonly high: number },
  ): WayThrough {
    const spans: Span[] = [];
    for (let through = high; through > low;) {
      const after = rollbacks.get(through);
      if (after === undefined || after < low) through--;
      else {
        spans.push([after, through]);
        through = after;
      }
    }
    return new WayThrough(spans, leadsBack, new Set());
  }

  without(undone: ReadonlySet<IndexedLink>): WayThrough {
    return new WayThrough(this.passedOver, this.leadsBack, undone);
  }

  /** What a person decided in a rollback, beside undoing, was not undone. */
  isUndone(link: IndexedLink): boolean {
    const { revision } = link;
    return (
      this.undone.has(link) ||
      this.spanAround(revision) !== undefined ||
      (this.passedOver.some(([, through]) => revision === through) && this.leadsBack(link))
    );
  }

  /** The nearest revision that counts, not after another one. */
  onOrBefore(revision: number): number {
    return this.spanAround(revision)?.[0] ?? revision;
  }

  /** The nearest revision that counts, not before another one. */
  onOrAfter(revision: number): number {
    return this.spanAround(revision)?.[1] ?? revision;
  }

  private spanAround(revision: number): Span | undefined {
    return this.passedOver.find(([after, through]) => revision > after && revision < through);
  }
}
