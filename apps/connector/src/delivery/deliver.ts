import type { ConceptId } from '#taxonomy';
import type { Answer, Step } from '#targets';
import { failsAlone, weigh, type Outcome, type Trouble } from './answers.ts';
import { BadRecordSearch } from './bad-record-search.ts';
import { inBatchesOf } from './batches.ts';
import type { Plan, PlannedStep } from './plan.ts';
import { keyFor } from './record-key.ts';
import type { Sender } from './sender.ts';

export interface DeliveryContext {
  /** External ids by concept; new ones are added. */
  readonly records: Map<ConceptId, string>;
  /** Keeps outcomes; they may be written a little later, all of them in order. */
  readonly record: (outcomes: readonly Outcome[]) => Promise<void>;
  /** Waits for this target's turn among those of its system. @returns how to leave, or null when the work must stop */
  readonly enter: () => Promise<(() => void) | null>;
  readonly signal: AbortSignal;
  /** Turns in a row in which this target failed alone. */
  readonly failures: number;
  /** The target holds something that it took before. */
  readonly holdsRecords: boolean;
  /** Asks whether the target is ready for work. */
  readonly isWell: () => Promise<boolean>;
}

export interface Delivered {
  /** The target or the network is in trouble: the rest must wait. */
  readonly trouble: Trouble | null;
  /** Everything is done or stuck. */
  readonly isComplete: boolean;
  /** An answer was lost: the next attempt must look before it creates. */
  readonly isInDoubt: boolean;
  /** An answer was lost, whatever became of its step since. */
  readonly hasLost: boolean;
}

type Fate = 'done' | 'stuck' | 'failed' | 'unknown';

/**
 * Carries out a plan, wave by wave, in batches that the driver takes. A step whose forerunner was not done is not sent.
 * A record on which the target chokes is searched for (see BadRecordSearch), and is then rejected. One that is known is sent by itself;
 * where it fails again, and the target is ready for others, that is no trouble.
 */
export async function deliver(plan: Plan, sender: Sender, context: DeliveryContext): Promise<Delivered> {
  const { records, record, enter, signal, failures, holdsRecords, isWell } = context;
  const fates = new Map<number, Fate>();
  const search = new BadRecordSearch(failures, holdsRecords);
  let trouble: Trouble | null = null;
  let hasLost = false;
  const stepOf = (place: number): Step =>
    toStep(stepAt(plan, place), records, fates.get(place) === 'unknown');
  const refused = new Set<ConceptId>();
  /** Why a concept was refused says more than that another step of it waits for the refused one. */
  const tell = (outcomes: readonly Outcome[]): Promise<void> => {
    for (const { is, step } of outcomes) if (is === 'rejected') refused.add(step.work.conceptId);
    return record(outcomes.filter(({ is, step }) => is !== 'waits' || !refused.has(step.work.conceptId)));
  };
  const reject = async (place: number, reason: string): Promise<void> => {
    await tell([chokesOn(stepAt(plan, place), fates.get(place), reason)]);
    fates.set(place, 'stuck');
  };
  const end = (): Delivered => {
    const isComplete = plan.steps.every((_, place) => isSettled(fates.get(place)));
    const isInDoubt = [...fates.values()].includes('unknown');
    return { trouble: isComplete ? null : trouble, isComplete, isInDoubt, hasLost };
  };

  for (const wave of plan.waves) {
    const { ready, waiting } = partition(wave, plan, fates, records);
    for (const { place } of waiting) fates.set(place, 'stuck');
    await tell(waiting.map(({ outcome }) => outcome));
    const { capabilities } = sender;
    const [known, others] = split(ready, (place) => stepAt(plan, place).work.failsAlone);
    const batches = writesFirst(others, plan).flatMap((places) => inBatchesOf(places, stepOf, capabilities));
    const queue = [...batches, ...known.map((place) => [place])];
    // It grows by what is sent again.
    for (const batch of queue) {
      const leave = await enter();
      if (!leave) return end();
      const planned = batch.map((place) => stepAt(plan, place));
      const send = planned.some(isDeletion) ? sender.remove : sender.write;
      let answers: Answer[];
      try {
        answers = await send(batch.map(stepOf), signal);
      } finally {
        leave();
      }
      const weighed = weigh(planned, answers);
      batch.forEach((place, i) => fates.set(place, fateOf(answers[i])));
      noteRecords(weighed.outcomes, records);
      await tell(weighed.outcomes);
      hasLost ||= weighed.isInDoubt;
      if (planned[0]?.work.failsAlone && weighed.trouble?.is === 'failing' && (await isWell())) {
        for (const place of batch) await reject(place, weighed.trouble.reason);
        continue;
      }
      trouble = weighed.trouble ?? trouble;
      const again = search.judge(batch, answers, weighed);
      if (!again) return end();
      queue.push(...again);
    }
    for (const { place, reason } of search.takeFound()) await reject(place, reason);
  }
  return end();
}

const isSettled = (fate: Fate | undefined): boolean => fate === 'done' || fate === 'stuck';

const chokesOn = (step: PlannedStep, fate: Fate | undefined, reason: string): Outcome => ({
  is: 'rejected',
  step,
  reason: failsAlone(reason),
  failsAlone: { isUncertain: fate === 'unknown' },
});

interface Waiting {
  readonly place: number;
  readonly outcome: Outcome;
}

/** Steps that can be sent now; those that wait for something stuck. What waits for something open is left for the next turn. */
function partition(
  wave: readonly number[],
  plan: Plan,
  fates: ReadonlyMap<number, Fate>,
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

/** A step as the driver gets it. @param records external ids by concept */
export function toStep(
  { work, content }: PlannedStep,
  records: ReadonlyMap<ConceptId, string>,
  mayExist = false,
): Step {
  const { code, title, level, active, validTo, parentId } = content;
  return {
    key: keyFor(work),
    externalId: records.get(work.conceptId) ?? null,
    content: { code, title, level, active, validTo, parent: (parentId && records.get(parentId)) ?? null },
    mayExist: mayExist || work.mayExist,
  };
}

function noteRecords(outcomes: readonly Outcome[], records: Map<ConceptId, string>): void {
  for (const outcome of outcomes) {
    const { conceptId, deletion } = outcome.step.work;
    const isThere = outcome.is === 'done' && deletion !== 'now';
    if (isThere) records.set(conceptId, outcome.externalId);
    else if (outcome.is === 'done' || outcome.is === 'gone') records.delete(conceptId);
  }
}

function fateOf(answer: Answer | undefined): Fate {
  if (answer?.is === 'done') return 'done';
  if (answer?.is === 'unknown') return 'unknown';
  return answer?.is === 'rejected' ? 'stuck' : 'failed';
}

export const isDeletion = ({ work }: PlannedStep): boolean => work.deletion === 'now';

/** Places of a wave that are written, and those that are deleted, which no batch mixes. */
export function writesFirst(places: readonly number[], plan: Plan): [number[], number[]] {
  const [deleted, written] = split(places, (place) => isDeletion(stepAt(plan, place)));
  return [written, deleted];
}

const split = (places: readonly number[], is: (place: number) => boolean): [number[], number[]] => [
  places.filter(is),
  places.filter((place) => !is(place)),
];

function stepAt(plan: Plan, place: number): PlannedStep {
  const step = plan.steps[place];
  if (!step) throw new RangeError(`the plan has no step ${place}`);
  return step;
}
