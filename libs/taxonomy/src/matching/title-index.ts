import type { TitleFeatures } from './title-words.ts';

/** Finds items with a similar title by what they share, the rarest feature first, so that a common word costs nothing. */
export class TitleIndex {
  private readonly postings = new Map<number, number[]>();
  private readonly titles: Int32Array;
  /** How many features each item shares with the title that is asked for; all 0 in between. */
  private readonly counts: Int32Array;
  private readonly features: TitleFeatures;

  /** @param items numbers of items, `titles[i]` the title of item `i` */
  constructor(items: Iterable<number>, titles: Int32Array, features: TitleFeatures) {
    this.titles = titles;
    this.features = features;
    this.counts = new Int32Array(titles.length);
    for (const item of items)
      for (const feature of features.of(titles[item]!)) {
        const posting = this.postings.get(feature);
        if (posting) posting.push(item);
        else this.postings.set(feature, [item]);
      }
  }

  /** Items by similarity to a title, best first, from those that share most of its rarest features. */
  similar(title: number, most: number, least: number): { item: number; score: number }[] {
    const found: { item: number; score: number }[] = [];
    for (const item of this.sharing(title)) {
      const score = this.features.similarity(title, this.titles[item]!);
      if (score >= least) found.push({ item, score });
    }
    return found.sort((a, b) => b.score - a.score || a.item - b.item).slice(0, most);
  }

  private sharing(title: number): number[] {
    const postings: number[][] = [];
    for (const feature of this.features.of(title)) {
      const posting = this.postings.get(feature);
      if (posting) postings.push(posting);
    }
    postings.sort((a, b) => a.length - b.length);
    const { counts } = this;
    const items: number[] = [];
    let looked = 0;
    for (const posting of postings) {
      if (looked > 0 && looked + posting.length > mostLooked) break;
      const end = Math.min(posting.length, mostLooked);
      for (let i = 0; i < end; i++) if (counts[posting[i]!]!++ === 0) items.push(posting[i]!);
      looked += posting.length;
    }
    const best = items.length <= mostCompared ? items : mostCounted(items, counts);
    for (const item of items) counts[item] = 0;
    return best;
  }
}

/** The items with the highest counts, highest first; of equal ones those found first. */
function mostCounted(items: readonly number[], counts: Int32Array): number[] {
  const byCount: number[][] = [];
  for (const item of items) (byCount[counts[item]!] ??= []).push(item);
  const best: number[] = [];
  for (let count = byCount.length - 1; best.length < mostCompared && count > 0; count--)
    for (const item of byCount[count] ?? []) if (best.length < mostCompared) best.push(item);
  return best;
}

const mostLooked = 600;
const mostCompared = 24;
