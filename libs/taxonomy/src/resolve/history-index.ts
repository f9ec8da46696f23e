import type { SuccessionKind } from '../change.ts';
import type { Code, ConceptId } from '../entry.ts';
import { Ints, none } from './ints.ts';
import { reach } from './reach.ts';
import type { RecordedSuccession } from './recorded-succession.ts';
import { UndoneSuccessions } from './undone-successions.ts';

/** What a concept was called from one revision on, until another (which it is not part of); `to` null: until now. */
export interface EntryRange {
  readonly conceptId: ConceptId;
  readonly code: Code | null;
  readonly title: string | null;
  readonly from: number;
  readonly to: number | null;
}

/** A succession by the numbers that concepts have in the index. */
export interface IndexedLink {
  readonly revision: number;
  readonly predecessor: number;
  readonly successor: number;
  readonly kind: SuccessionKind;
  readonly continues: boolean;
}

const open = 2_147_483_647;

/**
 * All ranges and successions of a scheme, for questions through time. Numbers stand in flat lists, and the ranges of
 * one concept, as those of one code, are chained from the last one added. It grows with each revision: what it answers
 * about older ones stays the same, so whoever is reading is not disturbed.
 */
export class HistoryIndex {
  private readonly conceptNumbers = new Map<ConceptId, number>();
  private readonly conceptIds: ConceptId[] = [];
  private readonly lastOfConcept = new Ints();
  private readonly lastOfCode = new Map<Code, number>();

  private readonly concepts = new Ints();
  private readonly froms = new Ints();
  private readonly tos = new Ints();
  private readonly codes: (Code | null)[] = [];
  private readonly titles: (string | null)[] = [];
  private readonly previousOfConcept = new Ints();
  private readonly previousOfCode = new Ints();

  readonly undone = new UndoneSuccessions({
    hasReturned: (concept, left, back) => this.hasReturned(concept, left, back),
    becomes: (first, second, from, to) => reach(this, first, from, to).arrivals.has(second),
  });

  private readonly forward = new Map<number, IndexedLink[]>();
  private readonly backward = new Map<number, IndexedLink[]>();

  get size(): number {
    return this.codes.length;
  }

  addRange({ conceptId, code, title, from, to }: EntryRange): void {
    const range = this.codes.length;
    const concept = this.numberOf(conceptId);
    this.concepts.push(concept);
    this.froms.push(from);
    this.tos.push(to ?? open);
    this.codes.push(code);
    this.titles.push(title);
    this.previousOfConcept.push(this.lastOfConcept.at(concept));
    this.lastOfConcept.set(concept, range);
    this.previousOfCode.push((code === null ? undefined : this.lastOfCode.get(code)) ?? none);
    if (code !== null) this.lastOfCode.set(code, range);
  }

  /** Ends the open range of a concept; one that has none is left as it is. */
  endRange(conceptId: ConceptId, to: number): void {
    const concept = this.conceptNumbers.get(conceptId);
    if (concept === undefined) return;
    for (const range of this.rangesOf(concept)) if (this.tos.at(range) === open) this.tos.set(range, to);
  }

  /** Successions are added in order of revision, after the ranges of their revisions. */
  addSuccession({ predecessor, successor, ...rest }: RecordedSuccession): void {
    const link: IndexedLink = {
      predecessor: this.numberOf(predecessor),
      successor: this.numberOf(successor),
      ...rest,
    };
    append(this.forward, link.predecessor, link);
    append(this.backward, link.successor, link);
    const back = this.linksFrom(link.successor, link.predecessor);
    if (back.length > 0)
      this.undone.setOpposed([...this.linksFrom(link.predecessor, link.successor), ...back]);
  }

  /** The range of the concept that carries a code in a revision. */
  holderOf(code: Code, revision: number): number {
    for (let range = this.lastOfCode.get(code) ?? none; range !== none; range = this.previousOfCode.at(range))
      if (this.isLive(range, revision)) return range;
    return none;
  }

  /** The range of a concept in a revision. */
  rangeAt(concept: number, revision: number): number {
    for (let range = this.lastOfConcept.at(concept); range !== none; range = this.previousOfConcept.at(range))
      if (this.isLive(range, revision)) return range;
    return none;
  }

  /** All ranges of a concept, the oldest first. */
  rangesOf(concept: number): number[] {
    return this.chain(this.lastOfConcept.at(concept), this.previousOfConcept);
  }

  /** All ranges in which a code was carried, the oldest first. */
  rangesOfCode(code: Code): number[] {
    return this.chain(this.lastOfCode.get(code) ?? none, this.previousOfCode);
  }

  isLive(range: number, revision: number): boolean {
    return this.froms.at(range) <= revision && revision < this.tos.at(range);
  }

  rangeOf(range: number): EntryRange {
    const to = this.tos.at(range);
    return {
      conceptId: this.conceptId(this.concepts.at(range)),
      code: this.codes[range] ?? null,
      title: this.titles[range] ?? null,
      from: this.froms.at(range),
      to: to === open ? null : to,
    };
  }

  conceptOf(range: number): number {
    return this.concepts.at(range);
  }

  /** Number of a concept, when the index knows it. */
  find(conceptId: ConceptId): number | undefined {
    return this.conceptNumbers.get(conceptId);
  }

  successionsOf(concept: number, direction: 'forward' | 'backward'): readonly IndexedLink[] {
    return this[direction].get(concept) ?? noLinks;
  }

  /** Concepts that have a successor (backward: a predecessor). */
  linkedConcepts(direction: 'forward' | 'backward'): IterableIterator<number> {
    return this[direction].keys();
  }

  allCodes(): IterableIterator<Code> {
    return this.lastOfCode.keys();
  }

  /** Successions of one concept by another, looked up where fewer are. */
  private linksFrom(predecessor: number, successor: number): IndexedLink[] {
    const [forward, backward] = [
      this.successionsOf(predecessor, 'forward'),
      this.successionsOf(successor, 'backward'),
    ];
    return forward.length < backward.length
      ? forward.filter((link) => link.successor === successor)
      : backward.filter((link) => link.predecessor === predecessor);
  }

  private hasReturned(concept: number, left: number, back: number): boolean {
    const ranges = this.rangesOf(concept);
    const last = ranges[ranges.findIndex((range) => this.froms.at(range) === back) - 1];
    return last !== undefined && this.tos.at(last) === left;
  }

  private chain(last: number, previous: Ints): number[] {
    const ranges: number[] = [];
    for (let range = last; range !== none; range = previous.at(range)) ranges.push(range);
    return ranges.length < 2 ? ranges : ranges.sort((a, b) => this.froms.at(a) - this.froms.at(b));
  }

  private conceptId(concept: number): ConceptId {
    const id = this.conceptIds[concept];
    if (id === undefined) throw new Error(`the index has no concept ${concept}`);
    return id;
  }

  private numberOf(conceptId: ConceptId): number {
    const known = this.conceptNumbers.get(conceptId);
    if (known !== undefined) return known;
    const concept = this.conceptIds.push(conceptId) - 1;
    this.conceptNumbers.set(conceptId, concept);
    this.lastOfConcept.push(none);
    return concept;
  }
}

const noLinks: readonly IndexedLink[] = [];

function append(links: Map<number, IndexedLink[]>, concept: number, link: IndexedLink): void {
  const known = links.get(concept);
  if (known) known.push(link);
  else links.set(concept, [link]);
}
