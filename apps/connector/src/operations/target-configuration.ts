import { run, sql, type Executor } from '#platform';
import type { TargetConfiguration } from './schemas.ts';

const mostChanges = 50;

/** Acts that change what a configuration shows; others, such as a pause, are in the audit log alone. */
const changes = [
  ...['target', 'profile', 'system', 'organisation'].flatMap((what) =>
    ['created', 'changed', 'listed-again', 'unlisted'].map((is) => `${what}-${is}`),
  ),
  'target-moved',
  'target-activated',
  'target-pinned',
  'pin-taken-back',
];

/** Grows with each change of what a configuration shows. */
export const versionOf = ({ history }: TargetConfiguration): number => history[0]?.position ?? 0;

/**
 * What is registered for a target, and who changed it: the target, its system, its profile, its organisation. One statement, so
 * that nobody sees what is registered now with the version of a later moment.
 */
export async function readConfiguration(
  executor: Executor,
  targetId: string,
): Promise<TargetConfiguration | null> {
  const [found] = await run<TargetConfiguration>(
    executor,
    sql`select t.id, t.scheme, t.mode, t.pinned_revision as "pinnedRevision", t.settings,
          jsonb_build_object('id', o.id, 'name', o.name, 'adopts', o.adopts, 'wave', o.wave) as organisation,
          jsonb_build_object('id', s.id, 'address', s.address, 'user', s.username, 'secret', s.secret, 'concurrency', s.concurrency,
            'rateLimitPerSecond', s.rate_per_second, 'windows', c.windows, 'blackouts', c.blackouts) as system,
          jsonb_build_object('id', p.id, 'kind', p.kind, 'driver', p.driver, 'language', p.language,
            'missingTitle', p.missing_title, 'policies', p.policies, 'settings', p.settings, 'offsetDays', p.offset_days,
            'guard', p.guard) as profile,
          array(
            select jsonb_build_object('position', position, 'at', at, 'actor', actor, 'action', action, 'subject', subject, 'details', details)
            from audit where subject in ('target/' || t.id, 'organisation/' || o.id, 'system/' || s.id, 'profile/' || p.id)
              and action = any(${changes}::text[])
            order by position desc limit ${mostChanges}) as history
        from target t join organisation o on o.id = t.organisation_id join system s on s.id = t.system_id
          join schedule c on c.id = s.schedule_id join profile p on p.id = t.profile_id
        where t.id = ${targetId} and t.listed`,
  );
  if (!found) return null;
  const history = found.history.map(({ at, ...change }) => ({ ...change, at: new Date(at).toISOString() }));
  return { ...found, history };
}
