import type { Folder } from './folder.ts';

/** A folder seen below the root counts as being there for so long. */
const keptMs = 30_000;
/** Whether a tree was empty is not asked again for so long. */
const emptyMs = 600_000;

/**
 * Folders that were read or made a moment ago: to file a branch, each of them would be read again for every few records. All
 * are forgotten together, half a minute after the first was noted, and when one changes its name or place, which changes the
 * paths of all that is below it.
 */
export class KnownFolders {
  private readonly folders = new Map<string, Pick<Folder, 'id' | 'path'>>();
  private timer: NodeJS.Timeout | undefined;
  private empty: Promise<boolean> | undefined;
  private emptyTimer: NodeJS.Timeout | undefined;

  get(id: string): Pick<Folder, 'id' | 'path'> | undefined {
    return this.folders.get(id);
  }

  note({ id, path }: Pick<Folder, 'id' | 'path'>): void {
    this.folders.set(id, { id, path });
    this.timer ??= setTimeout(() => this.forget(), keptMs).unref();
  }

  /**
   * Whether nothing of ours stood below the root a while ago: then this driver made all that is there now, and need not look for it.
   * @param ask looks into the target
   */
  wasEmpty(ask: () => Promise<boolean>): Promise<boolean> {
    this.empty ??= ask().catch((error: unknown) => {
      this.empty = undefined;
      throw error;
    });
    this.emptyTimer ??= setTimeout(() => (this.empty = this.emptyTimer = undefined), emptyMs).unref();
    return this.empty;
  }

  forget(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.folders.clear();
  }
}
