import { cutText, json, run, runCount, sql, type Executor } from '#platform';
import type { ConceptId } from '#taxonomy';
import type { Outcome } from './answers.ts';
import type { Plan, PlannedStep, Stopped, Work } from './plan.ts';
import { renderedHash } from './render.ts';
import { retryFreed } from './retry-freed.ts';
import { stateAfter } from './state-after.ts';
import { heldBy } from './system-lease.ts';
import type { Holder } from './turn.ts';

/** Another worker holds the system now: nothing more may be written on its account. */
export class LeaseLost extends Error {
  constructor({ systemId }: Holder) {
    super(`the lease of ${systemId} is lost`);
  }
}

/** When what is stuck is tried again without anybody asking. */
export interface TryAgain {
  /** What the target, or its profile, refused. */
  readonly rejectedMs: number;
  /** What the target failed on, after the first, second, … attempt. */
  readonly pausesMs: readonly number[];
}

/** What became of a step at a target. */
export interface TargetOutcome {
  readonly targetId: string;
  readonly outcome: Outcome;
}

/**
 * To be called first in a transaction that writes what workers did: it holds only while their leases do. Until it ends nobody
 * claims these systems, because that locks them for update; to renew their leases is not held up.
 * @returns the systems that are still theirs
 */
export async function holdLeases(transaction: Executor, keys: readonly Holder[]): Promise<Set<string>> {
  const held = await run<{ id: string }>(
    transaction,
    sql`select id from system where lease_until > now() and ${heldBy(keys)} order by id for key share`,
  );
  return new Set(held.map(({ id }) => id));
}

/** Writes what became of steps of any targets, in their order. */
export async function writeOutcomes(
  transaction: Executor,
  outcomes: readonly TargetOutcome[],
  again: TryAgain,
): Promise<void> {
  if (outcomes.length === 0) return;
  const latest = latestOf(outcomes);
  const done = outcomes.filter(({ outcome }) => outcome.is === 'done');
  // A record that was parked and then refused carries the parked code.
  await writeLinks(transaction, done.length === outcomes.length ? latest : latestOf(done));
  await notePlaces(transaction, done);
  await doubtChildren(transaction, latest);
  await clearLinks(transaction, latest);
  await writeStuck(transaction, latest.flatMap(asStuck), again);
  await clearStuck(
    transaction,
    latest.flatMap(({ targetId, outcome: { is, step } }) =>
      is === 'done' && step.hash !== null && step.work.wasStuck ? [{ targetId, work: step.work }] : [],
    ),
  );
  await retryFreed(transaction, outcomes);
}

/** Writes what plans decided without asking their targets. */
export async function writePlans(
  transaction: Executor,
  plans: readonly { readonly targetId: string; readonly plan: Plan }[],
  again: TryAgain,
): Promise<void> {
  const stopped = plans.flatMap(({ targetId, plan }) => toWrite(plan).map((item) => ({ ...item, targetId })));
  const settled = plans.flatMap(({ targetId, plan }) =>
    noLongerStuck(plan).map((work) => ({ targetId, work })),
  );
  await writeStuck(
    transaction,
    stopped.map((item) => ({ ...item, hash: null, attempts: 0, isAlone: false, isUncertain: false })),
    again,
  );
  await clearStuck(transaction, settled);
  await writePending(transaction, plans);
}

/** Whether a plan decides something without asking its target. */
export const decidesAlone = (plan: Plan): boolean =>
  toWrite(plan).length + noLongerStuck(plan).length + takingOver(plan).length > 0;

const toWrite = ({ stopped }: Plan): Stopped[] =>
  stopped.filter(({ work, class: is }) => is === 'waits' || work.refusedBefore === null);

const noLongerStuck = ({ settled }: Plan): Work[] => settled.filter(({ wasStuck }) => wasStuck);

/** The last outcome of each concept at each target. */
function latestOf(outcomes: readonly TargetOutcome[]): TargetOutcome[] {
  return [
    ...new Map(
      outcomes.map((noted) => [`${noted.targetId} ${noted.outcome.step.work.conceptId}`, noted]),
    ).values(),
  ];
}

/** Targets with the same plan share its steps, so what a step says is sent once, however many targets took it. */
async function writeLinks(transaction: Executor, outcomes: readonly TargetOutcome[]): Promise<void> {
  const places = new Map<PlannedStep, number>();
  const targets: string[] = [];
  const steps: number[] = [];
  const externals: string[] = [];
  for (const { targetId, outcome } of outcomes) {
    if (outcome.is !== 'done') continue;
    const place = places.get(outcome.step) ?? places.size;
    places.set(outcome.step, place);
    targets.push(targetId);
    steps.push(place);
    externals.push(outcome.externalId);
  }
  if (targets.length === 0) return;
  const said = [...places].map(([step, place]) => ({ place, ...linkSaying(step) }));
  await runCount(
    transaction,
    sql`insert into link (target_id, concept_id, generation, external_id, state, code, parent_id, hash, used_code, used_notes)
        select took.target, s.concept, s.generation, took.external, s.state, s.code, s.parent, s.hash, s."usedCode", s."usedNotes"
        from unnest(${targets}::text[], ${steps}::int[], ${externals}::text[]) as took(target, place, external)
          join jsonb_to_recordset(${json(said)}) as s(place int, concept uuid, generation int, state text, code text,
            parent uuid, hash text, "usedCode" text, "usedNotes" text) using (place)
        on conflict (target_id, concept_id, generation) do update set external_id = excluded.external_id,
          state = excluded.state, code = excluded.code, parent_id = excluded.parent_id, hash = excluded.hash,
          used_code = coalesce(excluded.used_code, link.used_code),
          used_notes = coalesce(excluded.used_notes, link.used_notes), found_code = null, acknowledged_at = now()`,
  );
}

/** What the link of a record says once a step is done, apart from whose it is. */
function linkSaying(step: PlannedStep) {
  const { work, content, hash } = step;
  const { conceptId: concept, generation, notes } = work;
  const { code, active } = content;
  const parent = work.deletion === 'now' ? null : content.parentId;
  const used = active && hash !== null ? { usedCode: code, usedNotes: notes } : {};
  return { concept, generation, state: stateAfter(step), code, parent, hash, ...used };
}

/** What went out of use below a record that was to be made before it, and was not, stands at the top. */
async function notePlaces(transaction: Executor, done: readonly TargetOutcome[]): Promise<void> {
  const rows = done.flatMap(({ targetId, outcome: { step } }) => {
    if (!step.isBelowNew) return [];
    const { work, content, hash } = step;
    const { conceptId: concept, generation } = work;
    const atTop = hash === null ? null : renderedHash({ ...content, parentId: null });
    return [{ target: targetId, concept, generation, hash: atTop }];
  });
  if (rows.length === 0) return;
  await runCount(
    transaction,
    sql`update link l set parent_id = null, hash = p.hash
        from jsonb_to_recordset(${json(rows)}) as p(target text, concept uuid, generation int, hash text)
        where (l.target_id, l.concept_id, l.generation) = (p.target, p.concept, p.generation)
          and not exists (select from link above
            where above.target_id = l.target_id and above.concept_id = l.parent_id and above.state = 'current')`,
  );
}

/** What stands below a concept that has another record now must be put below that one. */
async function doubtChildren(transaction: Executor, outcomes: readonly TargetOutcome[]): Promise<void> {
  const made = outcomes.filter(({ outcome: { is, step } }) => is === 'done' && step.work.takesOver);
  if (made.length === 0) return;
  const done = outcomes.filter(({ outcome }) => outcome.is === 'done');
  await runCount(
    transaction,
    sql`update link l set hash = null from ${pairs(made.map(atTarget))}
        where l.target_id = p.target and l.parent_id = p.concept and l.state = 'current'
          and not exists (select from ${pairs(done.map(atTarget))} where p.target = l.target_id and p.concept = l.concept_id)`,
  );
}

/** Notes which records are about to take over, made or opened again, so that whoever comes after a kill takes the same. */
async function writePending(
  transaction: Executor,
  plans: readonly { readonly targetId: string; readonly plan: Plan }[],
): Promise<void> {
  const pending = plans.flatMap(({ targetId, plan }) =>
    takingOver(plan).map(({ conceptId, generation, code }) => ({
      target: targetId,
      concept: conceptId,
      generation,
      code,
    })),
  );
  if (pending.length === 0) return;
  await runCount(
    transaction,
    sql`insert into link (target_id, concept_id, generation, state, code)
        select target, concept, generation, 'pending', code
        from jsonb_to_recordset(${json(pending)}) as l(target text, concept uuid, generation int, code text)
        on conflict (target_id, concept_id, generation) do update set state = 'pending', hash = null`,
  );
}

const takingOver = ({ steps }: Plan): Work[] => [
  ...new Set(steps.map(({ work }) => work).filter(({ takesOver }) => takesOver)),
];

/**
 * A record that is gone is forgotten, or counts as deleted where it was to be; one that is wanted is about to be made again, and is looked for by its key first. What stands
 * below it is in doubt.
 */
async function clearLinks(transaction: Executor, outcomes: readonly TargetOutcome[]): Promise<void> {
  const gone = outcomes.filter(({ outcome }) => outcome.is === 'gone');
  if (gone.length === 0) return;
  const generations = gone.map(({ outcome }) => outcome.step.work.generation);
  const isWanted = gone.map(({ outcome }) => outcome.step.content.active);
  await runCount(
    transaction,
    sql`with gone as (
          select *
          from unnest(${gone.map(({ targetId }) => targetId)}::text[],
            ${gone.map(({ outcome }) => outcome.step.work.conceptId)}::uuid[], ${generations}::int[], ${isWanted}::boolean[])
              as p(target, concept, generation, is_wanted)),
          forgotten as (
            delete from link l using gone
            where (l.target_id, l.concept_id, l.generation) = (gone.target, gone.concept, gone.generation) and not gone.is_wanted
              and l.state <> 'leaving'),
          deleted as (
            update link l set state = 'deleted', parent_id = null from gone
            where (l.target_id, l.concept_id, l.generation) = (gone.target, gone.concept, gone.generation) and not gone.is_wanted
              and l.state = 'leaving'),
          wanted as (
            update link l set state = 'pending', hash = null, external_id = null from gone
            where (l.target_id, l.concept_id, l.generation) = (gone.target, gone.concept, gone.generation) and gone.is_wanted)
        update link set hash = null
        where (target_id, parent_id) in (select target, concept from gone)
          and not (target_id, concept_id) in (select target, concept from gone)`,
  );
}

interface StuckRow extends Stopped {
  readonly targetId: string;
  readonly hash: string | null;
  /** 1 when the target was asked, 0 when not. */
  readonly attempts: 0 | 1;
  /** The target failed on it: tried again sooner than what it refused. */
  readonly isAlone: boolean;
  readonly isUncertain: boolean;
}

function asStuck({ targetId, outcome }: TargetOutcome): StuckRow[] {
  if (outcome.is !== 'rejected' && outcome.is !== 'waits') return [];
  const { step, reason } = outcome;
  const isRejected = outcome.is === 'rejected';
  const failsAlone = outcome.is === 'rejected' ? outcome.failsAlone : undefined;
  return [
    {
      targetId,
      work: step.work,
      class: outcome.is,
      reason,
      // What was refused while codes were in doubt may be taken once they are not.
      hash: isRejected && !step.work.resend ? step.hash : null,
      attempts: isRejected ? 1 : 0,
      isAlone: failsAlone !== undefined,
      isUncertain: failsAlone?.isUncertain ?? false,
    },
  ];
}

async function writeStuck(
  transaction: Executor,
  stuck: readonly StuckRow[],
  { rejectedMs, pausesMs }: TryAgain,
): Promise<void> {
  if (stuck.length === 0) return;
  await doubtLinks(transaction, stuck);
  const rows = stuck.map(({ targetId, work, reason, isUncertain, ...row }) => ({
    ...row,
    target: targetId,
    concept: work.conceptId,
    mayExist: work.held === null && (work.mayExist || isUncertain),
    code: work.code,
    title: work.title,
    reason: cutText(reason, 1_000),
  }));
  await runCount(
    transaction,
    sql`insert into stuck (target_id, concept_id, class, code, title, reason, hash, attempts, may_exist, next_attempt_at)
        select s.target, s.concept, s.class, s.code, s.title, s.reason, s.hash, s.attempts, s."mayExist",
          now() + case when s."isAlone" then (${pausesMs}::float8[])[least(coalesce(old.attempts, 0) + 1, ${pausesMs.length})]
                  else ${rejectedMs} end * interval '1 millisecond'
        from jsonb_to_recordset(${json(rows)}) as s(target text, concept uuid, class text, code text, title text,
            reason text, hash text, attempts int, "isAlone" boolean, "mayExist" boolean)
          left join stuck old on old.target_id = s.target and old.concept_id = s.concept
        on conflict (target_id, concept_id) do update set class = excluded.class, code = excluded.code,
          title = excluded.title, reason = excluded.reason, hash = excluded.hash,
          attempts = stuck.attempts + excluded.attempts, may_exist = excluded.may_exist, next_attempt_at = excluded.next_attempt_at`,
  );
}

const atTarget = ({ targetId, outcome }: TargetOutcome): AtTarget => ({ targetId, work: outcome.step.work });

interface AtTarget {
  readonly targetId: string;
  readonly work: Work;
}

/** What a turn in doubt could not send stays in doubt; what was sent and not answered comes into doubt. */
async function doubtLinks(transaction: Executor, stuck: readonly StuckRow[]): Promise<void> {
  const doubtful = stuck.filter(({ work, isUncertain }) => (work.resend || isUncertain) && work.held);
  if (doubtful.length === 0) return;
  await runCount(
    transaction,
    sql`update link l set hash = null, found_code = null from ${pairs(doubtful)} where l.target_id = p.target and l.concept_id = p.concept`,
  );
}

async function clearStuck(transaction: Executor, work: readonly AtTarget[]): Promise<void> {
  if (work.length === 0) return;
  await runCount(
    transaction,
    sql`delete from stuck s using ${pairs(work)} where s.target_id = p.target and s.concept_id = p.concept`,
  );
}

function pairs(items: readonly AtTarget[]): ReturnType<typeof sql> {
  const targets = items.map(({ targetId }) => targetId);
  const concepts: ConceptId[] = items.map(({ work }) => work.conceptId);
  return sql`unnest(${targets}::text[], ${concepts}::uuid[]) as p(target, concept)`;
}
