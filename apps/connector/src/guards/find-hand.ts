import { run, sql, type ActorIdentity, type Executor } from '#platform';

/** What is done to a target follows from these. */
const registering = [
  ...['target', 'profile', 'system', 'organisation'].flatMap((what) =>
    ['created', 'changed', 'listed-again'].map((is) => `${what}-${is}`),
  ),
  'target-activated',
];
/** And from these, to which revision it goes. */
const choosing = ['target-pinned', 'revision-adopted', 'rollout-set', 'rollout-went-on', 'rollout-rule-set'];

/** What may be the cause of a hold, and whether whoever asks did it or an erased person whom they may be. */
export interface Hand {
  readonly whose: 'own' | 'erased';
  readonly in: 'configuration' | 'revision';
}

/**
 * Whether somebody had a hand in what is registered for a held target, or in the revision that it should take, since the one that it
 * holds came: they themselves, or an erased person whom they may be. That they are not is known of those alone who were there before
 * the other one was erased.
 */
export async function findHand(
  transaction: Executor,
  targetId: string,
  { id: subject }: Pick<ActorIdentity, 'id'>,
): Promise<Hand | null> {
  const [found] = await run<Hand>(
    transaction,
    sql`select case when changer.subject = ${subject} then 'own' else 'erased' end as whose,
          case when a.action = any(${choosing}::text[]) then 'revision' else 'configuration' end as "in"
        from hold h
          join target t on t.id = h.target_id
          join revision r on r.scheme = t.scheme and r.number = t.applied_revision
          join audit a on a.at > r.applied_at and a.action = any(${[...registering, ...choosing]}::text[])
            and (a.subject = any(array['target/' || t.id, 'profile/' || t.profile_id, 'system/' || t.system_id,
                'organisation/' || t.organisation_id, 'scheme/' || t.scheme])
              or a.subject in (select 'revision/' || t.scheme || '/' || n from generate_series(1, h.revision) n))
            and (a.action <> 'revision-adopted'
              or a.details ->> 'scheme' = t.scheme and (a.details ->> 'revision')::int <= h.revision)
          join person changer on changer.id = a.actor
        where h.target_id = ${targetId} and (changer.subject = ${subject} or (changer.subject is null and not exists (
          select from person me where me.subject = ${subject} and me.known_since < changer.erased_at)))
        order by 1 desc, 2 limit 1`,
  );
  return found ?? null;
}
