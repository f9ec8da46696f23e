import { randomUUID } from 'node:crypto';
import type { TargetState } from '#contracts';
import type { RolloutCounts } from '../rollout/schemas.ts';
import { eventText, heartbeat } from './event-text.ts';

/** A target as those who watch know it. */
export interface Watched {
  readonly id: string;
  readonly state: TargetState;
  readonly desired: number;
  readonly applied: number;
  readonly stuck: number;
}

/** Whoever watches: a response that may be slow. */
export interface Listener {
  /** Bytes that it has not taken yet. */
  readonly waiting: () => number;
  readonly write: (text: string) => void;
  readonly end: () => void;
}

interface Watcher extends Listener {
  /** Something was dropped because it reads too slowly. */
  missed: boolean;
  /** The first beat that found it so. */
  slowSince: number | null;
}

const mostListeners = 200;
const mostKept = 100;
/** A change of more targets is told as `reset`: whoever watches reads the pages that it shows. */
const mostTargets = 500;
const mostWaitingBytes = 256 * 1024;
/** Whoever takes nothing for so long leaves its place to others. */
const longestSlowMs = 60_000;

/**
 * Tells all who watch what changed, from one reading of the database for all of them:
 * 1. `look` compares what is now with what was told last, and makes one event of the difference;
 * 2. the last events are kept by id, so that whoever was cut off goes on after its last one, or is told to `reset`;
 * 3. for a reader that does not take what it is sent nothing is stored: events are dropped, and it is told so later; if it
 *    does not catch up, it is cut off.
 */
export class LiveHub {
  private readonly run = randomUUID().slice(0, 8);
  private readonly watchers = new Set<Watcher>();
  private readonly kept: { readonly number: number; readonly text: string }[] = [];
  private known: ReadonlyMap<string, Watched> | null = null;
  private knownRollouts: ReadonlyMap<string, string> | null = null;
  private number = 0;
  private isOver = false;

  get isWatched(): boolean {
    return this.watchers.size > 0;
  }

  /**
   * @param lastEventId of the event that it saw last, where it comes back
   * @returns how to leave; null when too many watch already, or this process stops
   */
  join(listener: Listener, lastEventId: string | undefined): (() => void) | null {
    if (this.isOver || this.watchers.size >= mostListeners) return null;
    const watcher: Watcher = { ...listener, missed: false, slowSince: null };
    for (const text of this.missedSince(lastEventId)) watcher.write(text);
    this.watchers.add(watcher);
    return () => void this.watchers.delete(watcher);
  }

  /**
   * @param targets all that are listed now
   * @returns whether anything changed
   */
  look(targets: readonly Watched[]): boolean {
    const before = this.known;
    this.known = new Map(targets.map((target) => [target.id, target]));
    if (!before) return true;
    const changed = targets.filter((target) => !isSame(before.get(target.id), target));
    const gone = [...before.keys()].filter((id) => !this.known?.has(id));
    if (changed.length + gone.length === 0) return false;
    if (changed.length + gone.length > mostTargets) this.tell('reset', { because: 'many targets changed' });
    else this.tell('targets', { changed, gone, states: countStates(targets) });
    return true;
  }

  /** @param rollouts how far the newest revision of each map has come */
  lookAtRollouts(rollouts: readonly RolloutCounts[]): void {
    const before = this.knownRollouts;
    this.knownRollouts = new Map(rollouts.map((rollout) => [rollout.scheme, JSON.stringify(rollout)]));
    if (!before) return;
    const changed = rollouts.filter(({ scheme }) => before.get(scheme) !== this.knownRollouts?.get(scheme));
    if (changed.length > 0) this.tell('rollouts', { changed });
  }

  /**
   * So that proxies keep the connection, and a reader that was too slow learns of it when it has caught up.
   * @param now in ms, of any clock that only goes forward
   */
  beat(now: number): void {
    for (const watcher of this.watchers) {
      this.send(watcher, heartbeat);
      watcher.slowSince = watcher.missed ? (watcher.slowSince ?? now) : null;
      if (watcher.slowSince !== null && now - watcher.slowSince > longestSlowMs) this.cutOff(watcher);
    }
  }

  /** Nobody watches any more. */
  end(): void {
    this.isOver = true;
    for (const watcher of this.watchers) this.cutOff(watcher);
  }

  private cutOff(watcher: Watcher): void {
    this.watchers.delete(watcher);
    watcher.end();
  }

  private tell(event: string, content: object): void {
    const number = ++this.number;
    const text = eventText(event, content, `${this.run}-${number}`);
    this.kept.push({ number, text });
    if (this.kept.length > mostKept) this.kept.shift();
    for (const watcher of this.watchers) this.send(watcher, text);
  }

  private send(watcher: Watcher, text: string): void {
    if (watcher.waiting() > mostWaitingBytes) watcher.missed = true;
    else if (watcher.missed && watcher.waiting() === 0) {
      watcher.missed = false;
      watcher.write(this.reset('events were dropped, because they were read too slowly'));
    } else if (!watcher.missed) watcher.write(text);
  }

  private missedSince(lastEventId: string | undefined): string[] {
    if (lastEventId === undefined) return [this.reset('you begin to watch')];
    const number = Number(lastEventId.slice(this.run.length + 1));
    const isOurs = lastEventId.startsWith(`${this.run}-`) && number <= this.number;
    const first = this.kept[0]?.number ?? this.number + 1;
    if (!isOurs || number + 1 < first) return [this.reset('what you missed is not kept')];
    return this.kept.filter((event) => event.number > number).map(({ text }) => text);
  }

  /** Carries the id of the last event, so that whoever reads now and is cut off goes on from there. */
  private reset(because: string): string {
    return eventText('reset', { because }, `${this.run}-${this.number}`);
  }
}

const isSame = (a: Watched | undefined, b: Watched): boolean =>
  a?.state === b.state && a.desired === b.desired && a.applied === b.applied && a.stuck === b.stuck;

function countStates(targets: readonly Watched[]): Partial<Record<TargetState, number>> {
  const states: Partial<Record<TargetState, number>> = {};
  for (const { state } of targets) states[state] = (states[state] ?? 0) + 1;
  return states;
}
