import type { MatchItem } from './matching.ts';
import { normaliseTitle, writtenTitle } from './title-words.ts';

/** Texts as small numbers, the same for both sides. Number 0 is the empty text. */
export class Vocabulary {
  readonly titles: string[] = [''];
  private readonly byRaw = new Map<string, number>();
  private readonly byTitle = new Map<string, number>([['', 0]]);
  private readonly byWritten = new Map<string, number>();
  private readonly byCode = new Map<string, number>();

  title(raw: string): number {
    let id = this.byRaw.get(raw);
    if (id !== undefined) return id;
    const normal = normaliseTitle(raw);
    id = this.byTitle.get(normal);
    if (id === undefined) {
      id = this.titles.push(normal) - 1;
      this.byTitle.set(normal, id);
    }
    this.byRaw.set(raw, id);
    return id;
  }

  /** The same number for titles that differ in spaces and letter case alone. */
  written(raw: string): number {
    const written = writtenTitle(raw);
    let id = this.byWritten.get(written);
    if (id === undefined) this.byWritten.set(written, (id = this.byWritten.size));
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
  const numbers = new Map(items.map(({ id }, i) => [id, i]));
  const parent = Int32Array.from(items, ({ parentId }) =>
    parentId === null ? -1 : (numbers.get(parentId) ?? -1),
  );
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
  const title = Int32Array.from(items, (item) => vocabulary.title(item.title));
  const written = Int32Array.from(items, (item) => vocabulary.written(item.title));
  const code = Int32Array.from(items, (item) => vocabulary.code(item.code));
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
  for (let i = 0; i < end; i++) for (const child of childrenOf(forest, order[i]!)) order[end++] = child;
  return order;
}
