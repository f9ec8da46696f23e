import { table } from '../progress/table.ts';
import type { TargetWithStuck } from './read-status.ts';

const jsonFields = [
  'id',
  'kind',
  'driver',
  'address',
  'state',
  'desired',
  'applied',
  'items',
  'stuck',
  'lagSeconds',
] as const;

/** For scripts: exactly the fields of the contract, on one line. */
export function statusJson(targets: readonly TargetWithStuck[]): string {
  return JSON.stringify({
    targets: targets.map((target) => Object.fromEntries(jsonFields.map((field) => [field, target[field]]))),
  });
}

/** For people: a line for each target, and below it one for each reason why something is stuck. */
export function statusLines(targets: readonly TargetWithStuck[]): string[] {
  if (targets.length === 0) return ['No targets are registered.'];
  const head = ['target', 'kind', 'state', 'revision', 'items', 'stuck', 'behind', 'address'];
  const [first = '', ...lines] = table([head, ...targets.map(cells)]);
  return [
    first,
    ...targets.flatMap((target, i) => [lines[i] ?? '', ...reasons(target).map((line) => `    ${line}`)]),
  ];
}

function cells(target: TargetWithStuck): string[] {
  const { id, kind, state, desired, applied, items, total, stuck, lagSeconds, lagChanges, address } = target;
  return [
    id,
    kind,
    state,
    applied === desired ? String(desired) : `${applied} of ${desired}`,
    `${items} of ${total}`,
    String(stuck),
    lagChanges > 0 ? `${lagChanges} changes, ${age(lagSeconds)}` : '-',
    address,
  ];
}

function reasons({ stuckReasons, state, reason }: TargetWithStuck): string[] {
  const own = reason && state !== 'stuck' ? [reason] : [];
  return [...own, ...stuckReasons.map((stuck) => `${named(stuck.codes)}: ${stuck.reason}`)];
}

function named(codes: readonly string[]): string {
  const shown = codes.slice(0, 8).join(', ');
  return codes.length > 8 ? `${shown} and ${codes.length - 8} more` : shown;
}

function age(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} days`;
}
