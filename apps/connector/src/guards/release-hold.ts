import type { Hold } from '#contracts';
import { json, refuse, run, runCount, sql, type ActorIdentity, type Executor, type Refusal } from '#platform';
import { say } from '#words';
import { findTarget, unknownTarget } from '../operations/act.ts';
import { wake } from '../delivery/wake.ts';
import { findHand, type Hand } from './find-hand.ts';

/** What a person has looked at. */
export type SeenHold = Pick<Hold, 'revision' | 'would'>;

/**
 * A person wants done to a target what it is held for, and no more: if more would be done by then, it is held again.
 * @returns refusals `target-unknown`, `not-held`, `hold-differs`, `four-eyes`
 */
export async function releaseHold(
  transaction: Executor,
  targetId: string,
  seen: SeenHold,
  by: Pick<ActorIdentity, 'id'>,
): Promise<Refusal | null> {
  if (!(await findTarget(transaction, targetId))) return unknownTarget(targetId);
  const held = await readUnreleased(transaction, targetId, seen);
  if (!held) return notHeld(targetId);
  if (!held.isAsSeen) return holdDiffers(targetId, held);
  const hand = await findHand(transaction, targetId, by);
  if (hand) return fourEyes(targetId, hand);
  await runCount(transaction, sql`update hold set released = true where target_id = ${targetId}`);
  await wake(transaction);
  return null;
}

async function readUnreleased(
  transaction: Executor,
  targetId: string,
  { revision, would }: SeenHold,
): Promise<(SeenHold & { readonly isAsSeen: boolean }) | undefined> {
  const [held] = await run<SeenHold & { isAsSeen: boolean }>(
    transaction,
    sql`select h.revision, h.would, h.revision = ${revision} and h.would = ${json(would)} as "isAsSeen"
        from hold h join target t on t.id = h.target_id and t.applied_revision = h.applied
        where h.target_id = ${targetId} and not h.released for update of h`,
  );
  return held;
}

const notHeld = (targetId: string): Refusal =>
  refuse('not-held', {
    status: 409,
    title: say`The target is not held`,
    detail: say`Nothing more would be done to "${targetId}" than was approved, or a person has released it already.`,
  });

function holdDiffers(targetId: string, { revision, would }: SeenHold): Refusal {
  const { created, changed, ended } = would;
  return refuse('hold-differs', {
    status: 409,
    title: say`You have looked at another state of the target`,
    detail: say`Revision ${revision} would create ${created}, change ${changed} and end ${ended} records of "${targetId}". Look at it again.`,
    extensions: { revision, would },
  });
}

const fourEyes = (targetId: string, { whose, in: part }: Hand): Refusal =>
  refuse('four-eyes', {
    status: 403,
    title: say`Whoever had a part in it cannot release a target`,
    detail: partIn[part][whose](targetId),
  });

const partIn = {
  configuration: {
    own: (id: string) =>
      say`You changed what is registered for "${id}" since it took its revision. Ask another operator.`,
    erased: (id: string) =>
      say`Somebody who changed what is registered for "${id}" was erased, and nobody knew you before. Ask an operator who was known already.`,
  },
  revision: {
    own: (id: string) =>
      say`You let "${id}" go on to this revision, by adopting it, by its roll-out or by a pin. Ask another operator.`,
    erased: (id: string) =>
      say`Somebody who let "${id}" go on to this revision was erased, and nobody knew you before. Ask an operator who was known already.`,
  },
} as const;
