import { languageOf, text } from '../messages.mjs';
import { words } from '../status/words.ts';
import type { Screen } from './screen.ts';
import { table } from './table.ts';
import { allInStep, watchTargets } from './targets.ts';
import type { Target } from './targets.ts';

const { states } = words[languageOf(process.env)];

/** Shows the targets fill until all are in step or three minutes are over; gives their last state. */
export async function showTargets(
  screen: Screen,
  connector: string,
  signal: AbortSignal,
  isTerminal: boolean,
): Promise<Target[]> {
  const shown = new Map<string, number>();
  const began = Date.now();
  const onChange = (targets: readonly Target[]): void => {
    if (isTerminal) return screen.status(targets.map(progressOf).join('   '));
    for (const target of targets) {
      if (!isWorthALine(target, shown.get(target.id))) continue;
      shown.set(target.id, target.items);
      screen.line(`    ${progressOf(target)}`);
    }
  };
  const targets = await watchTargets(connector, onChange, { withinMs: 180_000, signal });
  screen.status('');
  if (signal.aborted) return targets;
  const late = targets.filter((target) => !allInStep([target]));
  if (allInStep(targets))
    screen.line(`  ✓ ${text('allInStep')}  ${((Date.now() - began) / 1000).toFixed(1)} s`);
  else
    screen.line(
      `  ! ${text('notInStep', { targets: late.map(({ id, state }) => `${id} (${states[state]})`).join(', ') || '-' })}`,
    );
  return targets;
}

/** Lines of the table of targets with their state. */
export function targetTable(targets: readonly Target[]): string[] {
  const head = [text('tableTarget'), text('tableState'), text('tableItems'), text('tableAddress')];
  return table([
    head,
    ...targets.map(({ id, state, items, address }) => [id, states[state], String(items), address]),
  ]);
}

function progressOf({ kind, items, total }: Target): string {
  return text('targetProgress', { kind, items, total: total ?? '?' });
}

/** In a log: a line at the first sight, at every further quarter, and at the end. */
function isWorthALine({ items, total }: Target, shown: number | undefined): boolean {
  if (shown === undefined) return true;
  if (items === shown) return false;
  return items === total || Math.abs(items - shown) >= (total ?? 400) / 4;
}
