import type { DataSource } from 'typeorm';
import type { Outcome } from '../delivery/answers.ts';
import { writeOutcomes, writePlans } from '../delivery/ledger.ts';
import { loadWork, type Workload } from '../delivery/load-work.ts';
import { mostTurns } from '../delivery/plan-turn.ts';
import type { RenderRules } from '../delivery/render.ts';
import type { Turn } from '../delivery/turn.ts';

const again = { rejectedMs: 0, pausesMs: [0] };

/**
 * The work of a turn and of those that must follow it. Each builds on a ledger in which the one before was taken by the
 * target; that is written in a transaction which never ends well.
 */
export async function planTurns(db: DataSource, turn: Turn, rules: RenderRules): Promise<Workload[]> {
  const { targetId } = turn;
  const runner = db.createQueryRunner();
  const workloads: Workload[] = [];
  try {
    await runner.startTransaction();
    while (workloads.length < mostTurns) {
      const workload = (await loadWork(runner, [turn], rules)).get(targetId);
      if (!workload) throw new Error(`no plan for ${targetId}`);
      workloads.push(workload);
      if (workload.isLast) break;
      await writePlans(runner, [{ targetId, plan: workload.plan }], again);
      const taken = allTaken(workload).map((outcome) => ({ targetId, outcome }));
      await writeOutcomes(runner, taken, again);
    }
    return workloads;
  } finally {
    if (runner.isTransactionActive) await runner.rollbackTransaction();
    await runner.release();
  }
}

function allTaken({ plan: { steps, waves }, records }: Workload): Outcome[] {
  return waves.flat().flatMap((place): Outcome[] => {
    const step = steps[place];
    if (!step) return [];
    const { conceptId, generation } = step.work;
    const externalId = records.get(conceptId) ?? `rehearsed ${conceptId}:${generation}`;
    return [{ is: 'done', step, externalId }];
  });
}
