import type { Place } from './folder.ts';

/** A folder seen below the root counts as being there for so long. */
const keptMs = 30_000;
/** A tree counts as filled by this driver alone for so long after a folder was made, or after it was found empty. */
const emptyMs = 600_000;

/**
 * What was read or made a moment ago, and need not be asked for again; each of the two memories empties itself.
 * - Places: to file a branch, each of its folders would be read again for every few records. All are forgotten together, half
 *   a minute after the first was noted, and when one changes its name or place, which changes the paths of all below it.
 * - Keys of what was made in a tree that was empty: to look them up there may read all of a repository.
 */
export class KnownFolders {
  private readonly places = new Map<string, Place>();
  private placesEnd: NodeJS.Timeout | undefined;
  /** Ids by key; null: the tree was not empty; undefined: nobody asked. */
  private made: Map<string, string> | null | undefined;
  private madeEnd: NodeJS.Timeout | undefined;

  get(id: string): Place | undefined {
    return this.places.get(id);
  }

  note({ id, path }: Place): void {
    this.places.set(id, { id, path });
    this.placesEnd ??= setTimeout(() => this.forgetPlaces(), keptMs).unref();
  }

  forgetPlaces(): void {
    clearTimeout(this.placesEnd);
    this.placesEnd = undefined;
    this.places.clear();
  }

  /**
   * What this driver made, by key, since it found nothing of ours in the tree. What others put there meanwhile (another instance, a
   * person) is not among it: a creation that may have been made by somebody, `mayExist`, is to be looked up all the same.
   * @param ask whether nothing of ours is there
   * @returns null where something was
   */
  async madeSinceEmpty(ask: () => Promise<boolean>): Promise<ReadonlyMap<string, string> | null> {
    const isEmpty = this.made === undefined && (await ask());
    if (this.made === undefined) {
      this.made = isEmpty ? new Map() : null;
      this.madeEnd = setTimeout(() => (this.made = undefined), emptyMs).unref();
    }
    return this.made;
  }

  noteMade(key: string, id: string): void {
    if (!this.made) return;
    this.made.set(key, id);
    this.madeEnd?.refresh();
  }

  forget(): void {
    this.forgetPlaces();
    clearTimeout(this.madeEnd);
    this.made = undefined;
  }
}
