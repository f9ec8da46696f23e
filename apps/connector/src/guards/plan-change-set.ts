import canonicalize from 'canonicalize';
import { noSteps, type PlannedChange, type ProfilePlan } from '#contracts';
import type { LoadedEntry } from '../delivery/load-entries.ts';
import type { Link } from '../delivery/load-ledger.ts';
import type { RenderRules } from '../delivery/render.ts';
import { addCounts, countSteps } from './count-steps.ts';
import { followTurns } from './follow-turns.ts';
import { endedLink, ledgerInStep } from './ledger-in-step.ts';

type Placed = NonNullable<PlannedChange['before']>;

/** An entry with a code around the change set, which stays as it is: above or directly below what changes. */
export type Neighbour = Pick<
  Placed,
  'conceptId' | 'code' | 'level' | 'titles' | 'notes' | 'parentId' | 'parentCode'
>;

/** The day stands in what records say, not in what is done to them. */
const anyDay = '2000-01-02';

/**
 * What a change set means for a target of a profile that is in step with its base: the steps of the planner of delivery,
 * turn by turn, on the ledger that such a target has. A concept that comes back is taken to have had one record, which
 * ended and, where the profile says so, was deleted.
 * @param around at least the ancestors of what changes, and what stands directly below it
 */
export function planChangeSet(
  changes: readonly PlannedChange[],
  around: readonly Neighbour[],
  rules: RenderRules,
): Pick<ProfilePlan, 'counts' | 'refused'> {
  const changed = new Map(changes.map(({ conceptId, after }) => [conceptId, after]));
  const still = around.filter(({ conceptId }) => !changed.has(conceptId));
  const before = [...still, ...changes.flatMap((change) => change.before ?? [])];
  const codeAfter = ({ parentId, parentCode }: Neighbour): Placed['parentCode'] =>
    (parentId === null ? undefined : changed.get(parentId)?.code) ?? parentCode;
  const entries = [
    ...changes.flatMap(wanted),
    ...still.flatMap((entry) => inUse({ ...entry, parentCode: codeAfter(entry) })),
  ];
  const links: Link[] = [
    ...ledgerInStep(before.flatMap(inUse), rules),
    ...changes.flatMap((change) => cameBack(change, rules)),
  ];
  const turn = { isInDoubt: false, mayExist: false };
  const input = { entries, past: [], links, stuck: [], skipped: [], turn, rules };
  const plans = [...followTurns(input)].map(({ plan }) => plan);
  return {
    counts: plans.map(({ steps }) => countSteps(steps)).reduce(addCounts, noSteps()),
    refused: plans.at(-1)?.stopped.length ?? 0,
  };
}

/** An entry as the planner wants it: as it will be, or as it last was. */
function wanted({ before, after }: PlannedChange): LoadedEntry[] {
  if (after && after.code !== null) return inUse(after);
  return before
    ? inUse(before).map((gone) => ({ ...gone, notes: null, parentCode: null, goneOn: anyDay }))
    : [];
}

/** Only entries with a code go to targets, below a parent that has one. */
function inUse({ conceptId, code, level, titles, notes, parentId, parentCode }: Neighbour): LoadedEntry[] {
  if (code === null) return [];
  return [
    {
      conceptId,
      code,
      level,
      titles,
      notes: canonicalize(notes) ?? '',
      lastNotes: null,
      parentId: parentCode === null ? null : parentId,
      parentCode,
      goneOn: null,
      since: anyDay,
      pastCodes: null,
      pastParents: null,
      isShared: true,
      isChanged: true,
      titlesBefore: null,
    },
  ];
}

function cameBack({ kinds, before, after }: PlannedChange, rules: RenderRules): Link[] {
  if (!kinds.includes('reactivated') || before?.code || !after) return [];
  return inUse({ ...after, parentCode: null }).map((entry) => endedLink(entry, rules));
}
