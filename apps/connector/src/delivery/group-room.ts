import { Turnstile } from '#targets';

/** Of a process: what is known of the targets of a group is kept in memory until all of them are done. */
const mostGroups = 4;
/** Whoever waits longer for targets makes room for others: slow systems cost the others nothing. */
const longestMs = 250;

/** Bounds how many groups of targets begin together, so that ten thousand targets with news are worked a part at a time. */
export class GroupRoom {
  private readonly turnstile = new Turnstile(mostGroups);

  /**
   * Waits for room, takes a group, and begins it.
   * @param begin resolves when the target is done
   * @returns the group; null when told to stop before there was room
   */
  async take<T>(
    stop: AbortSignal,
    group: () => Promise<readonly T[]>,
    begin: (target: T) => Promise<void>,
  ): Promise<readonly T[] | null> {
    const leave = await this.turnstile.enter(stop).catch(() => null);
    if (!leave) return null;
    try {
      const taken = await group();
      const timer = setTimeout(leave, longestMs);
      void Promise.all(taken.map(begin)).finally(() => {
        clearTimeout(timer);
        leave();
      });
      return taken;
    } catch (error) {
      leave();
      throw error;
    }
  }
}
