import type { Change, ChangeKind, SuccessionKind } from './change.ts';

const inverseKind: Partial<Record<ChangeKind, ChangeKind>> = {
  created: 'retired',
  reactivated: 'retired',
  retired: 'reactivated',
};
const inverseSuccession: Partial<Record<SuccessionKind, SuccessionKind>> = {
  split: 'merged',
  merged: 'split',
};

/** The change set that leads back: `apply(invert(diff(a, b)), b) = a`. Keeps the order of the changes. */
export function invert(changes: readonly Change[]): Change[] {
  const heldAfter = new Map(changes.map(({ after, conceptId }) => [after?.code, conceptId]));
  return changes.map((change) => {
    const { conceptId, before, after, successionKind } = change;
    const holder = before?.code && before.code !== after?.code ? heldAfter.get(before.code) : undefined;
    return {
      conceptId,
      kinds: change.kinds.map((kind) => inverseKind[kind] ?? kind),
      before: after,
      after: before,
      causedBy: change.causedBy,
      codeReusedFrom: holder ?? null,
      successors: change.predecessors,
      predecessors: change.successors,
      successionKind: successionKind && (inverseSuccession[successionKind] ?? successionKind),
      continues: before !== null && change.predecessors.length > 0,
      comparableLevel: change.comparableLevel,
    };
  });
}
