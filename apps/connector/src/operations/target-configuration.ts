import { run, sql, type Executor } from '#platform';
import type { TargetConfiguration } from './schemas.ts';

const mostChanges = 50;

type Now = Omit<TargetConfiguration, 'history'>;
type Change = Omit<TargetConfiguration['history'][number], 'at'> & { readonly at: Date };

/** What is registered for a target, and who changed it: the target, its system, its profile, its organisation. */
export async function readConfiguration(
  executor: Executor,
  targetId: string,
): Promise<TargetConfiguration | null> {
  const [now] = await run<Now>(
    executor,
    sql`select t.id, t.scheme, t.mode, t.pinned_revision as "pinnedRevision", t.settings,
          jsonb_build_object('id', o.id, 'name', o.name, 'adopts', o.adopts, 'wave', o.wave) as organisation,
          jsonb_build_object('id', s.id, 'address', s.address, 'user', s.username, 'secret', s.secret, 'concurrency', s.concurrency,
            'rateLimitPerSecond', s.rate_per_second, 'windows', c.windows, 'blackouts', c.blackouts) as system,
          jsonb_build_object('id', p.id, 'kind', p.kind, 'driver', p.driver, 'language', p.language,
            'missingTitle', p.missing_title, 'policies', p.policies, 'settings', p.settings, 'offsetDays', p.offset_days) as profile
        from target t join organisation o on o.id = t.organisation_id join system s on s.id = t.system_id
          join schedule c on c.id = s.schedule_id join profile p on p.id = t.profile_id
        where t.id = ${targetId} and t.listed`,
  );
  if (!now) return null;
  const { organisation, system, profile } = now;
  const subjects = [
    `target/${targetId}`,
    `organisation/${organisation.id}`,
    `system/${system.id}`,
    `profile/${profile.id}`,
  ];
  const history = await run<Change>(
    executor,
    sql`select position, at, actor, action, subject, details from audit
        where subject = any(${subjects}::text[]) order by position desc limit ${mostChanges}`,
  );
  return { ...now, history: history.map(({ at, ...change }) => ({ ...change, at: at.toISOString() })) };
}
