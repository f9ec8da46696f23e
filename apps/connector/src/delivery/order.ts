/**
 * A step that waits for another one.
 * - `record`: it needs the record that the other creates, or puts in another place;
 * - `code`: it takes the code that the other gives up;
 * - `order`: it would rather come later, but need not.
 */
export interface Dependency {
  readonly step: number;
  readonly on: number;
  readonly kind: 'record' | 'code' | 'order';
}

export interface Order {
  /** Wave of each step, from 0: after everything that it depends on. */
  readonly waves: readonly number[];
  /** Dependencies on a code that are met by parking the code of `on` before wave 1. */
  readonly parked: readonly Dependency[];
  /** Dependencies of the kind `order` that could not be kept. */
  readonly dropped: readonly Dependency[];
}

/** A chain of codes longer than this is cut by parking, because each link of it costs a round trip. */
const longestChain = 16;

/**
 * Puts steps in topological order (Kahn's algorithm) and breaks cycles: a wish for order is given up, else one code is
 * parked. `record` dependencies come from a tree and form no cycle among themselves.
 */
export function order(count: number, dependencies: readonly Dependency[]): Order {
  const waves = Array.from({ length: count }, () => 0);
  const chains = Array.from({ length: count }, () => 0);
  const open = Array.from({ length: count }, () => new Set<Dependency>());
  const dependents = Array.from({ length: count }, (): Dependency[] => []);
  const parked: Dependency[] = [];
  const dropped: Dependency[] = [];
  for (const dependency of dependencies) {
    open[dependency.step]?.add(dependency);
    dependents[dependency.on]?.push(dependency);
  }
  const raise = (step: number, wave: number): void => void (waves[step] = Math.max(waves[step] ?? 0, wave));
  const ready = open.flatMap((dependencies, step) => (dependencies.size === 0 ? [step] : []));
  const settle = (dependency: Dependency): void => {
    const left = open[dependency.step];
    if (left?.delete(dependency) && left.size === 0) ready.push(dependency.step);
  };
  const park = (dependency: Dependency): void => {
    parked.push(dependency);
    raise(dependency.on, 1);
    raise(dependency.step, 1);
  };
  const finish = (step: number): void => {
    for (const dependency of dependents[step] ?? []) {
      if (!open[dependency.step]?.has(dependency)) continue;
      const chain = (chains[step] ?? 0) + 1;
      if (dependency.kind === 'code' && chain > longestChain) park(dependency);
      else {
        raise(dependency.step, (waves[step] ?? 0) + 1);
        if (dependency.kind === 'code') chains[dependency.step] = chain;
      }
      settle(dependency);
    }
  };

  for (let finished = 0, from = 0; finished < count;) {
    const step = ready.pop();
    if (step !== undefined) {
      finish(step);
      finished++;
      continue;
    }
    while (open[from]?.size === 0) from++;
    const cycle = findCycle(open, from);
    const weakest = cycle.find(({ kind }) => kind === 'order') ?? cycle.find(({ kind }) => kind === 'code');
    if (!weakest) throw new Error('records need one another in a circle');
    if (weakest.kind === 'order') dropped.push(weakest);
    else park(weakest);
    settle(weakest);
  }
  return { waves, parked, dropped };
}

/** Follows open dependencies from a step that has some until a step comes again. */
function findCycle(open: readonly ReadonlySet<Dependency>[], from: number): Dependency[] {
  const path: Dependency[] = [];
  const placeInPath = new Map<number, number>();
  for (let step = from; ;) {
    const seenAt = placeInPath.get(step);
    if (seenAt !== undefined) return path.slice(seenAt);
    placeInPath.set(step, path.length);
    const [next] = open[step] ?? [];
    if (!next) throw new Error('a step without open dependencies was not ready');
    path.push(next);
    step = next.on;
  }
}
