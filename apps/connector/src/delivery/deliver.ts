import type { ConceptId } from '#taxonomy';
import type { Answer, Driver, Step } from '#targets';
import { weigh, type Outcome, type Trouble } from './answers.ts';
import type { Plan, PlannedStep } from './plan.ts';

export interface DeliveryContext {
  /** External ids by concept; new ones are added. */
  readonly records: Map<ConceptId, string>;
  /** Keeps outcomes; they may be written a little later, all of them in order. */
  readonly record: (outcomes: readonly Outcome[]) => Promise<void>;
  /** Asked before every request: false when the target was paused, the lease lost, or the process is told to stop. */
  readonly mayGoOn: () => Promise<boolean>;
  readonly signal: AbortSignal;
}

export interface Delivered {
  /** The target or the network is in trouble: the rest must wait. */
  readonly trouble: Trouble | null;
  /** Everything is done or stuck. */
  readonly isComplete: boolean;
  /** An answer was lost: the next attempt must look before it creates. */
  readonly isInDoubt: boolean;
}

/**
 * Carries out a plan, wave by wave, in batches that the driver takes. A step whose forerunner was not done is not sent.
 */
export async function deliver(
  plan: Plan,
  driver: Driver,
  { records, record, mayGoOn, signal }: DeliveryContext,
): Promise<Delivered> {
  const fates = new Map<number, 'done' | 'stuck' | 'open'>();
  let trouble: Trouble | null = null;
  let isInDoubt = false;
  for (const wave of plan.waves) {
    const { ready, waiting } = partition(wave, plan, fates, records);
    for (const { place } of waiting) fates.set(place, 'stuck');
    await record(waiting.map(({ outcome }) => outcome));
    for (const batch of chunks(ready, driver.capabilities.batchSize)) {
      if (!(await mayGoOn())) return { trouble, isInDoubt, isComplete: false };
      const steps = batch.map((place) => toStep(stepAt(plan, place), records));
      const answers = await driver.write(steps, signal);
      const weighed = weigh(
        batch.map((place) => stepAt(plan, place)),
        answers,
      );
      batch.forEach((place, i) => fates.set(place, fateOf(answers[i])));
      noteRecords(weighed.outcomes, records);
      await record(weighed.outcomes);
      isInDoubt ||= weighed.isInDoubt;
      trouble = weighed.trouble ?? trouble;
      if (weighed.mustStop) return { trouble, isInDoubt, isComplete: false };
    }
  }
  const isComplete = plan.steps.every((_, place) => (fates.get(place) ?? 'open') !== 'open');
  return { trouble, isInDoubt, isComplete };
}

interface Waiting {
  readonly place: number;
  readonly outcome: Outcome;
}

/** Steps that can be sent now; those that wait for something stuck. What waits for something open is left for the next turn. */
function partition(
  wave: readonly number[],
  plan: Plan,
  fates: ReadonlyMap<number, 'done' | 'stuck' | 'open'>,
  records: ReadonlyMap<ConceptId, string>,
): { ready: number[]; waiting: Waiting[] } {
  const ready: number[] = [];
  const waiting: Waiting[] = [];
  for (const place of wave) {
    const step = stepAt(plan, place);
    const unmet = step.waitsFor.filter((wait) => fates.get(wait.step) !== 'done');
    const stuck = unmet.find((wait) => fates.get(wait.step) === 'stuck');
    const { parentId, active } = step.content;
    if (stuck) waiting.push({ place, outcome: { is: 'waits', step, reason: stuck.because } });
    else if (unmet.length === 0 && (parentId === null || !active || records.has(parentId))) ready.push(place);
  }
  return { ready, waiting };
}

function toStep({ work, content }: PlannedStep, records: ReadonlyMap<ConceptId, string>): Step {
  const { code, title, level, active, validTo, parentId } = content;
  const generation = work.held?.generation ?? 1;
  return {
    key: generation === 1 ? work.conceptId : `${work.conceptId}:${generation}`,
    externalId: records.get(work.conceptId) ?? null,
    content: { code, title, level, active, validTo, parent: (parentId && records.get(parentId)) ?? null },
    mayExist: work.mayExist,
  };
}

function noteRecords(outcomes: readonly Outcome[], records: Map<ConceptId, string>): void {
  for (const outcome of outcomes) {
    if (outcome.is === 'done') records.set(outcome.step.work.conceptId, outcome.externalId);
    if (outcome.is === 'gone') records.delete(outcome.step.work.conceptId);
  }
}

function fateOf(answer: Answer | undefined): 'done' | 'stuck' | 'open' {
  if (answer?.is === 'done') return 'done';
  return answer?.is === 'rejected' ? 'stuck' : 'open';
}

function stepAt(plan: Plan, place: number): PlannedStep {
  const step = plan.steps[place];
  if (!step) throw new RangeError(`the plan has no step ${place}`);
  return step;
}

function* chunks<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
