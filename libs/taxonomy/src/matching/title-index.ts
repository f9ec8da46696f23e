import type { TitleFeatures } from './title-words.ts';

/** Finds items with a similar title by what they share, the rarest feature first, so that a common word costs nothing. */
export class TitleIndex {
  private readonly postings = new Map<number, number[]>();
  private readonly titles: Int32Array;
  private readonly features: TitleFeatures;

  /** @param items numbers of items, `titles[i]` the title of item `i` */
  constructor(items: Iterable<number>, titles: Int32Array, features: TitleFeatures) {
    this.titles = titles;
    this.features = features;
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
    const counts = new Map<number, number>();
    let looked = 0;
    for (const posting of postings) {
      if (looked > 0 && looked + posting.length > mostLooked) break;
      for (const item of posting.length > mostLooked ? posting.slice(0, mostLooked) : posting)
        counts.set(item, (counts.get(item) ?? 0) + 1);
      looked += posting.length;
    }
    const items = [...counts.keys()];
    if (items.length <= mostCompared) return items;
    return items.sort((a, b) => counts.get(b)! - counts.get(a)!).slice(0, mostCompared);
  }
}

const mostLooked = 600;
const mostCompared = 24;
