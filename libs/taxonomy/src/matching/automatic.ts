import { childrenOf, countBelow, holdersOf, type Forest } from './forest.ts';
import type { Links } from './links.ts';

/**
 * Decides what is beyond doubt, parents first: a row with code and title of an entry, sign by sign, when nothing speaks
 * against it. Where neither has a code, the titles above stand for it.
 *
 * - Neither side has the title twice among these siblings, nor the code twice at all.
 * - A title that nobody else has on either side needs a place that agrees: the same parent, or a parent of the same code.
 * - A title that repeats needs a parent that is decided itself, and all its bearers must carry the same codes (or stand
 *   at the same titles) on both sides; else one of them went somewhere, and a code may meet an equal title by chance.
 * - Where both have children, some of their titles agree (half of them, when the title repeats); a title that nobody else has
 *   needs no children to vouch for it below a parent that is decided itself.
 */
export function decideAutomatically(rows: Forest, base: Forest, links: Links, codes: number): void {
  const entryOfCode = holdersOf(base, codes);
  const rowOfCode = holdersOf(rows, codes);
  const entryOfRow = holders(rows, base, entryOfCode);
  const bearers = countBearers(rows, base, entryOfRow);
  const [twiceAmongRows, twiceInBase] = [repeatedAmongSiblings(rows), repeatedAmongSiblings(base)];
  for (const row of rows.order) {
    if (!links.isOpenRow(row)) continue;
    const code = rows.code[row]!;
    const title = rows.title[row]!;
    const entry = entryOfRow[row]!;
    if (entry < 0 || !links.isOpenEntry(entry) || base.written[entry] !== rows.written[row]) continue;
    if (code >= 0 && rowOfCode[code] !== row) continue;
    if (twiceAmongRows[row] || twiceInBase[entry]) continue;
    const isUnique = title !== 0 && bearers.rows[title] === 1 && bearers.base[title] === 1;
    if (!placeAgrees(row, entry, isUnique)) continue;
    const isInPlace = links.haveSameParent(rows.parent[row]!, base.parent[entry]!);
    if (!(isUnique && isInPlace) && !childrenAgree(row, entry, isUnique)) continue;
    if (isUnique || bearers.inPlace[title] === Math.max(bearers.rows[title]!, bearers.base[title]!))
      links.fix(row, entry);
  }

  function placeAgrees(row: number, entry: number, isUnique: boolean): boolean {
    const [above, below] = [rows.parent[row]!, base.parent[entry]!];
    if (links.haveSameParent(above, below)) return above < 0 || links.sureRow[above] === 1;
    if (!isUnique || above < 0 || below < 0) return false;
    return rows.code[above]! >= 0 && rows.code[above] === base.code[below];
  }

  function childrenAgree(row: number, entry: number, isUnique: boolean): boolean {
    if (countBelow(rows, row) === 0 || countBelow(base, entry) === 0) return true;
    const [own, theirs] = [childrenOf(rows, row), childrenOf(base, entry)];
    const titles = new Set(Array.from(theirs, (child) => base.title[child]));
    const shared = own.reduce((sum, child) => sum + Number(titles.has(rows.title[child])), 0);
    return isUnique ? shared > 0 : 2 * shared >= Math.min(own.length, theirs.length);
  }
}

/** Entries without a code, by title; -1 where several have it. */
function headingsByTitle({ code, title }: Forest): Map<number, number> {
  const headings = new Map<number, number>();
  title.forEach((id, i) => {
    if (code[i]! < 0) headings.set(id, headings.has(id) ? -1 : i);
  });
  return headings;
}

/** Of each row the entry that has its code; of one without a code the heading of that title, or of several the one at its place. */
function holders(rows: Forest, base: Forest, entryOfCode: Int32Array): Int32Array {
  const found = Int32Array.from(rows.code, (code) => (code < 0 ? -1 : (entryOfCode[code] ?? -1)));
  const headings = headingsByTitle(base);
  const places = new Map<string, number>();
  const [placeInBase, placeOfRow] = [placesIn(base, places), placesIn(rows, places)];
  const entryAt = new Map<number, number>();
  for (let entry = 0; entry < base.size; entry++)
    if (base.code[entry]! < 0) entryAt.set(placeInBase[entry]!, entry);
  for (let row = 0; row < rows.size; row++) {
    if (rows.code[row]! >= 0) continue;
    const only = headings.get(rows.title[row]!) ?? -1;
    found[row] = only >= 0 ? only : (entryAt.get(placeOfRow[row]!) ?? -1);
  }
  return found;
}

/**
 * Where each item without a code stands, as a number: its title below the place of its parent, or below its parent's code.
 * @param places is told of new ones, and shared by both sides
 */
function placesIn({ size, order, parent, code, title }: Forest, places: Map<string, number>): Int32Array {
  const placeOf = new Int32Array(size).fill(-1);
  for (const item of order) {
    if (code[item]! >= 0) continue;
    const above = parent[item]!;
    const below = above < 0 ? 'top' : code[above]! >= 0 ? `code ${code[above]}` : `place ${placeOf[above]}`;
    const name = `${title[item]} ${below}`;
    const known = places.get(name) ?? places.size;
    places.set(name, known);
    placeOf[item] = known;
  }
  return placeOf;
}

/**
 * How many bear each title, and how many of the entries that bear it stand in place: a row of that title has their code, or
 * place. Two rows at one place meet one entry.
 */
function countBearers(rows: Forest, base: Forest, entryOfRow: Int32Array) {
  const titles = 1 + Math.max(rows.title.reduce(larger, 0), base.title.reduce(larger, 0));
  const counts = {
    rows: new Int32Array(titles),
    base: new Int32Array(titles),
    inPlace: new Int32Array(titles),
  };
  const isMet = new Uint8Array(base.size);
  for (const title of base.title) counts.base[title]!++;
  rows.title.forEach((title, row) => {
    counts.rows[title]!++;
    const holder = entryOfRow[row]!;
    if (holder < 0 || isMet[holder] === 1 || base.title[holder] !== title) return;
    isMet[holder] = 1;
    counts.inPlace[title]!++;
  });
  return counts;
}

const larger = (a: number, b: number): number => Math.max(a, b);

/** 1 for each item that has a sibling of the same title. */
function repeatedAmongSiblings(forest: Forest): Uint8Array {
  const repeated = new Uint8Array(forest.size);
  for (let group = -1; group < forest.size; group++) {
    if (group >= 0 && countBelow(forest, group) < 2) continue;
    const siblings = childrenOf(forest, group);
    const first = new Map<number, number>();
    for (const item of siblings) {
      const other = first.get(forest.title[item]!);
      if (other === undefined) first.set(forest.title[item]!, item);
      else repeated[item] = repeated[other] = 1;
    }
  }
  return repeated;
}
