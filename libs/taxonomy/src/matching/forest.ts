import type { MatchItem } from './matching.ts';
import { normaliseTitle, writtenTitle } from './title-words.ts';

/** Texts as small numbers, the same for both sides. Number 0 is the empty text. */
export class Vocabulary {
  /** By number; what titles are in their own writing stands among them. */
  readonly titles: string[] = [''];
  private readonly byRaw = new Map<string, TitleNumbers>();
  private readonly byText = new Map<string, number>([['', 0]]);
  private readonly byCode = new Map<string, number>();

  title(raw: string): TitleNumbers {
    let numbers = this.byRaw.get(raw);
    if (!numbers) {
      const [normal, written] = [normaliseTitle(raw), writtenTitle(raw)];
      const title = this.text(normal);
      numbers = { title, written: written === normal ? title : this.text(written) };
      this.byRaw.set(raw, numbers);
    }
    return numbers;
  }

  private text(text: string): number {
    let id = this.byText.get(text);
    if (id === undefined) {
      id = this.titles.push(text) - 1;
      this.byText.set(text, id);
    }
    return id;
  }

  /** How many different codes there are. */
  get codes(): number {
    return this.byCode.size;
  }

  /** -1 for none. */
  code(code: string | null): number {
    if (code === null) return -1;
    let id = this.byCode.get(code);
    if (id === undefined) this.byCode.set(code, (id = this.byCode.size));
    return id;
  }
}

interface TitleNumbers {
  /** The same for titles that say the same. */
  readonly title: number;
  /** The same for titles that differ in spaces and letter case alone. */
  readonly written: number;
}

/** One side as arrays: items are numbers from 0, -1 is none. */
export interface Forest {
  readonly size: number;
  readonly parent: Int32Array;
  /** Parents before children. */
  readonly order: Int32Array;
  /** Children of `i`, in the order of the source: `children[childStart[i] .. childStart[i + 1]]`. Roots are those of `size`. */
  readonly children: Int32Array;
  readonly childStart: Int32Array;
  /** Place among the siblings, from 0. */
  readonly place: Int32Array;
  readonly title: Int32Array;
  /** As it is written, sign by sign. */
  readonly written: Int32Array;
  readonly code: Int32Array;
}

export function plant(items: readonly MatchItem[], vocabulary: Vocabulary): Forest {
  const size = items.length;
  const parent = parentsOf(items);
  breakCycles(parent);
  const childStart = new Int32Array(size + 2);
  for (const p of parent) childStart[(p < 0 ? size : p) + 1]!++;
  for (let i = 0; i <= size; i++) childStart[i + 1]! += childStart[i]!;
  const filled = childStart.slice();
  const children = new Int32Array(size);
  const place = new Int32Array(size);
  parent.forEach((p, i) => {
    const group = p < 0 ? size : p;
    place[i] = filled[group]! - childStart[group]!;
    children[filled[group]!++] = i;
  });
  const forest = { size, parent, children, childStart, place };
  const [title, written, code] = [new Int32Array(size), new Int32Array(size), new Int32Array(size)];
  items.forEach((item, i) => {
    const numbers = vocabulary.title(item.title);
    title[i] = numbers.title;
    written[i] = numbers.written;
    code[i] = vocabulary.code(item.code);
  });
  return { ...forest, title, written, code, order: parentsFirst(forest) };
}

/** Holder of each code that one item alone carries; -1 where nobody does, or several. */
export function holdersOf({ code }: Forest, codes: number): Int32Array {
  const holders = new Int32Array(codes).fill(-1);
  const isRepeated = new Uint8Array(codes);
  code.forEach((id, i) => {
    if (id < 0) return;
    if (holders[id] !== -1) isRepeated[id] = 1;
    holders[id] = isRepeated[id] ? -1 : i;
  });
  return holders;
}

/** Items below `i`, in order; those at the top for -1. */
export function childrenOf(
  { children, childStart, size }: Pick<Forest, 'children' | 'childStart' | 'size'>,
  i: number,
): Int32Array {
  const group = i < 0 ? size : i;
  return children.subarray(childStart[group], childStart[group + 1]);
}

/** How many items stand below `i`. */
export function countBelow({ childStart }: Pick<Forest, 'childStart'>, i: number): number {
  return childStart[i + 1]! - childStart[i]!;
}

/** The sibling so many places after `i`; -1 where there is none. */
export function siblingOf(
  { parent, place, children, childStart, size }: Forest,
  i: number,
  step: number,
): number {
  const group = parent[i]! < 0 ? size : parent[i]!;
  const at = childStart[group]! + place[i]! + step;
  return at >= childStart[group]! && at < childStart[group + 1]! ? children[at]! : -1;
}

/** Number of each item's parent. Only those that are one are numbered, and siblings, which come together, ask once. */
function parentsOf(items: readonly MatchItem[]): Int32Array {
  const numbers = new Map<string, number>();
  let last: string | null = null;
  for (const { parentId } of items)
    if (parentId !== last) {
      last = parentId;
      if (parentId !== null) numbers.set(parentId, -1);
    }
  items.forEach(({ id }, i) => numbers.has(id) && numbers.set(id, i));
  let number = -1;
  last = null;
  return Int32Array.from(items, ({ parentId }) => {
    if (parentId !== last) {
      last = parentId;
      number = parentId === null ? -1 : (numbers.get(parentId) ?? -1);
    }
    return number;
  });
}

/** A file may state circles, which a check reports; matching takes one of their members for a top. */
function breakCycles(parent: Int32Array): void {
  const seen = new Int32Array(parent.length).fill(-1);
  for (let i = 0; i < parent.length; i++)
    for (let at = i; at >= 0 && seen[at] === -1; at = parent[at]!) {
      seen[at] = i;
      if (seen[parent[at]!] === i) parent[at] = -1;
    }
}

function parentsFirst(forest: Pick<Forest, 'children' | 'childStart' | 'size'>): Int32Array {
  const order = new Int32Array(forest.size);
  let end = 0;
  for (const root of childrenOf(forest, -1)) order[end++] = root;
  for (let i = 0; i < end; i++)
    if (countBelow(forest, order[i]!) > 0)
      for (const child of childrenOf(forest, order[i]!)) order[end++] = child;
  return order;
}
