import type { Hash } from '../hash.ts';

/** Revisions after the first number, through the second: together they changed nothing. */
export type Span = readonly [after: number, through: number];

const mostKept = 1_000;

/**
 * Revisions whose content is that of an earlier one: a rollback, whoever made it. What happened between the two is undone,
 * so it counts for nobody who asks from before it to after it.
 */
export class RestoredSpans {
  private readonly hashes = new Map<number, Hash>();
  private readonly revisionsOf = new Map<Hash, number[]>();
  private readonly known = new Map<string, readonly Span[]>();
  private hasRepeats = false;

  add(revision: number, contentHash: Hash): void {
    const same = this.revisionsOf.get(contentHash);
    this.hashes.set(revision, contentHash);
    if (same) same.push(revision);
    else this.revisionsOf.set(contentHash, [revision]);
    this.hasRepeats ||= same !== undefined;
    this.known.clear();
  }

  /** The latest earlier revision whose content this one has again, after others that had another; null: none. */
  restoredBy(revision: number): number | null {
    const hash = this.hashes.get(revision) ?? '';
    const earlier = this.revisionsOf.get(hash)?.findLast((each) => each < revision);
    return earlier !== undefined && this.hashes.get(revision - 1) !== hash ? earlier : null;
  }

  /** Spans between two revisions, the earliest and longest first; none overlap. */
  between(low: number, high: number): readonly Span[] {
    if (!this.hasRepeats) return none;
    const key = `${low} ${high}`;
    const known = this.known.get(key);
    if (known) return known;
    if (this.known.size >= mostKept) this.known.clear();
    const spans = [...this.find(low, high)];
    this.known.set(key, spans);
    return spans;
  }

  private *find(low: number, high: number): Iterable<Span> {
    for (let revision = low; revision < high; revision++) {
      const same = this.revisionsOf.get(this.hashes.get(revision) ?? '') ?? [];
      const last = same.findLast((each) => each <= high);
      if (last === undefined || last <= revision) continue;
      yield [revision, last];
      revision = last;
    }
  }
}

const none: readonly Span[] = [];
