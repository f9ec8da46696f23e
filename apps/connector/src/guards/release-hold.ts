import type { Hold } from '#contracts';
import { json, refuse, run, runCount, sql, type ActorIdentity, type Executor, type Refusal } from '#platform';
import { say } from '#words';
import { findTarget, unknownTarget } from '../operations/act.ts';
import { wake } from '../delivery/wake.ts';

/** What a person has looked at. */
export type SeenHold = Pick<Hold, 'revision' | 'would'>;

/** Acts that may be the cause of a hold: they change what is done to a target, or to which revision it goes. */
const causes = [
  ...['target', 'profile', 'system', 'organisation'].flatMap((what) =>
    ['created', 'changed', 'listed-again'].map((is) => `${what}-${is}`),
  ),
  'target-activated',
  'target-pinned',
];

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

/**
 * Whether somebody had a hand in what is registered for a target since the revision that it holds came: they themselves, or an erased
 * person whom they may be. That they are not is known of those alone who were there before the other one was erased.
 */
async function findHand(
  transaction: Executor,
  targetId: string,
  { id: subject }: Pick<ActorIdentity, 'id'>,
): Promise<'own' | 'erased' | null> {
  const [found] = await run<{ hand: 'own' | 'erased' }>(
    transaction,
    sql`select case when changer.subject = ${subject} then 'own' else 'erased' end as hand
        from target t
          join revision r on r.scheme = t.scheme and r.number = t.applied_revision
          join audit a on a.at > r.applied_at and a.action = any(${causes}::text[])
            and a.subject = any(array['target/' || t.id, 'profile/' || t.profile_id, 'system/' || t.system_id,
              'organisation/' || t.organisation_id])
          join person changer on changer.id = a.actor
        where t.id = ${targetId} and (changer.subject = ${subject} or (changer.subject is null and not exists (
          select from person me where me.subject = ${subject} and me.known_since < changer.erased_at)))
        order by 1 desc limit 1`,
  );
  return found?.hand ?? null;
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

const fourEyes = (targetId: string, hand: 'own' | 'erased'): Refusal =>
  refuse('four-eyes', {
    status: 403,
    title: say`Whoever changed the configuration of a target cannot release it`,
    detail:
      hand === 'own'
        ? say`You changed what is registered for "${targetId}" since it took its revision. Ask another operator.`
        : say`Somebody who changed what is registered for "${targetId}" was erased, and nobody knew you before. Ask an operator who was known already.`,
  });
