import type { Place } from './folder.ts';

/** A folder seen below the root counts as being there for so long. */
const keptMs = 30_000;
/** Whether a tree is empty is not asked again for so long. */
const emptyMs = 600_000;

/**
 * Folders that were read or made a moment ago: to file a branch, each of them would be read again for every few records. All
 * are forgotten together, half a minute after the first was noted, and when one changes its name or place, which changes the
 * paths of all that is below it.
 */
export class KnownFolders {
  private readonly folders = new Map<string, Place>();
  private timer: NodeJS.Timeout | undefined;
  /** Ids by key; null: the tree was not empty; undefined: nobody asked. */
  private made: Map<string, string> | null | undefined;

  get(id: string): Place | undefined {
    return this.folders.get(id);
  }

  note({ id, path }: Place): void {
    this.folders.set(id, { id, path });
    this.timer ??= setTimeout(() => this.forget(), keptMs).unref();
  }

  /**
   * What this driver made in a tree in which nothing of ours stood a while ago, by key: nothing else of ours is there now.
   * @param ask whether nothing of ours is there
   * @returns null where something was
   */
  async madeSinceEmpty(ask: () => Promise<boolean>): Promise<ReadonlyMap<string, string> | null> {
    if (this.made === undefined) {
      this.made = (await ask()) ? new Map() : null;
      setTimeout(() => (this.made = undefined), emptyMs).unref();
    }
    return this.made;
  }

  noteMade(key: string, id: string): void {
    this.made?.set(key, id);
  }

  forget(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.folders.clear();
  }
}
