/** So few are mended whatever share of the target they are. */
const alwaysMended = 10;

export interface Extent {
  /** Records found missing, altered or twice. */
  readonly wrong: number;
  /** Records that the target is known to hold. */
  readonly known: number;
  /** Wrong records that an operator has seen and released; 0 for none. */
  readonly released: number;
}

/**
 * Whether so much is wrong that it looks like another mistake (a restored backup, the address of another installation, a list
 * that ends early) rather than like drift: then a person decides, because mending would write all of it.
 * @param percent of the known records
 */
export const isTooMuch = ({ wrong, known, released }: Extent, percent: number): boolean =>
  wrong > Math.max(alwaysMended, (known * percent) / 100, released);
