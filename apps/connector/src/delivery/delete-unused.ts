import { TargetError, type Answer, type Capabilities, type Driver, type Step } from '#targets';
import { asKept, say } from '#words';

type Deleting = Pick<Driver, 'capabilities' | 'delete' | 'countUses'>;

/** Whether a target, or whoever counts, keeps a record from being deleted while something uses it. */
export const keepsUsed = ({ deletes, countsUses }: Pick<Capabilities, 'deletes' | 'countsUses'>): boolean =>
  deletes === 'unless-used' || (deletes === 'whatever-uses-it' && countsUses);

/**
 * Deletes the records of steps, save those that something uses at this moment: where the driver can count, they are counted, else it
 * is the target that refuses. They are out of use already, so that nothing begins to use them in between.
 */
export async function deleteUnused(
  driver: Deleting,
  steps: readonly Step[],
  signal: AbortSignal,
): Promise<Answer[]> {
  if (!driver.delete || !keepsUsed(driver.capabilities)) return steps.map(() => rejected(uncounted));
  const ids = steps.map(recordOf);
  const uses = await countUses(driver, ids, signal);
  if ('is' in uses) return steps.map(() => uses);
  const unused = ids.filter((id) => uses.get(id) === 0);
  const answers = unused.length === 0 ? [] : await driver.delete(unused, signal);
  const answerOf = new Map(unused.map((id, i) => [id, answers[i]]));
  return ids.map((id) => {
    const n = uses.get(id);
    return answerOf.get(id) ?? rejected(n ? inUse(n) : uncounted);
  });
}

/** Counting changes nothing, so whatever goes wrong, nothing was deleted. Where it does not count after all, the target must refuse. */
async function countUses(
  driver: Deleting,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number> | Answer> {
  const none = new Map(ids.map((id) => [id, 0]));
  try {
    return (await driver.countUses?.(ids, signal)) ?? none;
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    const { answer } = error;
    if (answer.is === 'slow-down') return answer;
    if (answer.is !== 'rejected') return { is: 'failing', reason: answer.reason };
    return driver.capabilities.deletes === 'unless-used'
      ? none
      : rejected(asKept(say`the record has ended and is not deleted: ${answer.reason}`));
  }
}

function recordOf({ key, externalId }: Step): string {
  if (externalId === null) throw new Error(`nobody knows the record of ${key} that is to be deleted`);
  return externalId;
}

const uncounted = 'nobody could say whether something uses the record, so it is not deleted';
const inUse = (uses: number): string =>
  `in use ${uses === 1 ? 'once' : `${uses} times`}, so the record has ended and is not deleted`;

const rejected = (reason: string): Answer => ({ is: 'rejected', reason });
