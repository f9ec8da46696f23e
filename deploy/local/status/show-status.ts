import { inWords, type Language } from '#words';
import { table } from '../progress/table.ts';
import { nextStep } from './next-step.ts';
import type { Status, TargetWithStuck } from './read-status.ts';
import { words } from './words.ts';

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

/**
 * For people: whether all deliveries are stopped, then a line for each target, and below it one for each reason why it is not where
 * it could be, with what a person may do.
 */
export function statusLines({ stopped, targets }: Status, language: Language): string[] {
  const word = words[language];
  const halted = stopped ? [word.stopped(stopped.since, stopped.reason), ''] : [];
  if (targets.length === 0) return [...halted, word.nothing];
  const [first = '', ...lines] = table([[...word.head], ...targets.map((target) => cells(target, language))]);
  return [
    ...halted,
    first,
    ...targets.flatMap((target, i) => [
      lines[i] ?? '',
      ...reasons(target, language).map((line) => `    ${line}`),
    ]),
  ];
}

function cells(target: TargetWithStuck, language: Language): string[] {
  const { id, kind, state, desired, applied, items, total, stuck, lagSeconds, lagChanges, address } = target;
  const word = words[language];
  return [
    id,
    kind,
    word.states[state],
    applied === desired ? String(desired) : `${applied} ${word.of} ${desired}`,
    `${items} ${word.of} ${total}`,
    String(stuck),
    lagChanges > 0 ? `${lagChanges} ${word.changes(lagChanges)}, ${age(lagSeconds, language)}` : '-',
    address,
  ];
}

function reasons(target: TargetWithStuck, language: Language): string[] {
  const { stuckReasons, state, reason, waitsFor } = target;
  const step = nextStep(target);
  return [
    ...(reason && state !== 'stuck' ? [reason] : []),
    ...stuckReasons.map((stuck) => `${named(stuck.codes, language)}: ${stuck.reason}`),
    ...(waitsFor ? [waitsFor.reason] : []),
    ...(step ? [inWords(step, language)] : []),
  ];
}

function named(codes: readonly string[], language: Language): string {
  const shown = codes.slice(0, 8).join(', ');
  return codes.length > 8 ? `${shown} ${words[language].more(codes.length - 8)}` : shown;
}

function age(seconds: number, language: Language): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} ${words[language].days}`;
}
