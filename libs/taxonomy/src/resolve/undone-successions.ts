import type { Hash } from '../hash.ts';
import type { IndexedLink } from './history-index.ts';
import { WayThrough } from './way-through.ts';

/** One revision, as far as it can undo others. */
export interface RevisionContent {
  readonly number: number;
  readonly contentHash: Hash;
  /** The revision to which its draft was opened to go back. */
  readonly rollbackTo: number | null;
}

/** What is asked of the history. */
interface Concepts {
  /** Whether a concept was part of the map until one revision, and again only from the other one on. */
  readonly hasReturned: (concept: number, left: number, back: number) => boolean;
  /** Whether the second stands for the first, of one revision, in a later one. */
  readonly becomes: (first: number, second: number, from: number, to: number) => boolean;
}

const mostKept = 1_000;

/**
 * What comes to nothing for whoever asks from before it to after it:
 *
 * 1. Seen from the later revision, a rollback whose content is that of the revision it goes back to means what that one
 *    meant: nothing in between counts (`WayThrough`), nor do those of its successions that lead back what came about in between.
 *    Others are decisions of their own.
 * 2. Of what is left, a succession and the later one that leads back, each once, the nearest first: where the predecessor
 *    left with the first and came back with the second, or where the whole map was the same before both and after both.
 *
 * The same content alone undoes nothing: it does not hold who gave a part to whom.
 */
export class UndoneSuccessions {
  private readonly hashes = new Map<number, Hash>();
  /** Exact rollbacks, with the revision that each went back to. */
  private readonly rollbacks = new Map<number, number>();
  /** Successions of two concepts that led to each other, in order of revision. */
  private readonly opposed = new Map<string, readonly IndexedLink[]>();
  private readonly known = new Map<string, WayThrough>();

  /** Of successions of rollbacks: whether each leads back what came about in between. */
  private readonly leadingBack = new Map<IndexedLink, boolean>();

  private readonly concepts: Concepts;

  constructor(concepts: Concepts) {
    this.concepts = concepts;
  }

  addRevision({ number, contentHash, rollbackTo }: RevisionContent): void {
    this.hashes.set(number, contentHash);
    if (rollbackTo !== null && rollbackTo < number && this.hashes.get(rollbackTo) === contentHash)
      this.rollbacks.set(number, rollbackTo);
    this.forget();
  }

  /**
   * The earlier revision whose content one has again, after others that had another: the one that it was opened to go back
   * to, else the latest; null: none.
   */
  restoredBy(revision: number): number | null {
    const hash = this.hashes.get(revision);
    if (hash === undefined || this.hashes.get(revision - 1) === hash) return null;
    const same = [...this.hashes].flatMap(([number, each]) =>
      each === hash && number < revision ? [number] : [],
    );
    return this.rollbacks.get(revision) ?? same.at(-1) ?? null;
  }

  /** @param links all successions between two concepts, of which some lead there and some back */
  setOpposed(links: readonly IndexedLink[]): void {
    const [one] = links;
    if (!one) return;
    const key = [one.predecessor, one.successor].sort((a, b) => a - b).join(' ');
    this.opposed.set(
      key,
      links.toSorted((a, b) => a.revision - b.revision),
    );
    this.forget();
  }

  between(low: number, high: number): WayThrough {
    if (this.rollbacks.size + this.opposed.size === 0) return WayThrough.straight;
    const key = `${low} ${high}`;
    const known = this.known.get(key);
    if (known) return known;
    if (this.known.size >= mostKept) this.known.clear();
    const way = this.find(low, high);
    this.known.set(key, way);
    return way;
  }

  private find(low: number, high: number): WayThrough {
    const way = WayThrough.over(this.rollbacks, (link) => this.leadsBack(link), { low, high });
    const undone = new Set<IndexedLink>();
    for (const links of this.opposed.values()) {
      const waiting: IndexedLink[] = [];
      for (const link of links) {
        if (link.revision <= low || link.revision > high || way.isUndone(link)) continue;
        const there = waiting.findLastIndex(
          (earlier) =>
            earlier.predecessor === link.successor &&
            earlier.revision < link.revision &&
            (this.concepts.hasReturned(link.successor, earlier.revision, link.revision) ||
              this.isSameAround(way, { low, high }, earlier.revision, link.revision)),
        );
        if (there < 0) waiting.push(link);
        else for (const each of [...waiting.splice(there, 1), link]) undone.add(each);
      }
    }
    return way.without(undone);
  }

  private leadsBack(link: IndexedLink): boolean {
    const { predecessor, successor, revision } = link;
    const to = this.rollbacks.get(revision);
    if (to === undefined) return false;
    const known = this.leadingBack.get(link);
    if (known !== undefined) return known;
    const leadsBack = this.concepts.becomes(successor, predecessor, to, revision - 1);
    this.leadingBack.set(link, leadsBack);
    return leadsBack;
  }

  private forget(): void {
    this.known.clear();
    this.leadingBack.clear();
  }

  /** Whether the content was the same somewhere before one revision as somewhere after another. */
  private isSameAround(
    way: WayThrough,
    { low, high }: { readonly low: number; readonly high: number },
    first: number,
    last: number,
  ): boolean {
    const before = new Set<Hash | undefined>();
    for (let n = way.onOrBefore(first - 1); n >= low; n = way.onOrBefore(n - 1))
      before.add(this.hashes.get(n));
    before.delete(undefined);
    for (let n = way.onOrAfter(last); n <= high; n = way.onOrAfter(n + 1))
      if (before.has(this.hashes.get(n))) return true;
    return false;
  }
}
