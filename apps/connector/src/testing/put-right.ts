import type { DataSource } from 'typeorm';
import { inTransaction, isRefusal, type Refusal } from '#platform';
import { releaseRepair } from '../drift/release-repair.ts';
import { act } from '../operations/act.ts';
import { readSkips } from '../operations/skip-list.ts';
import { unskip } from '../operations/skip.ts';
import { pin } from '../rollout/pin.ts';
import { readBack } from './read-back-now.ts';
import type { SimulatedTarget } from './simulated-target.ts';

/** The target takes everything, and people take back whatever keeps anything from it. */
export async function calm(db: DataSource, id: string, target: SimulatedTarget): Promise<void> {
  target.refusedCodes.clear();
  target.interfere = () => null;
  const { items } = await readSkips(db, id, { limit: 500 });
  for (const { code } of items.filter(({ becauseOf }) => becauseOf === null))
    granted(await inTransaction(db, (transaction) => unskip(transaction, id, code)));
  granted(await inTransaction(db, (transaction) => pin(transaction, id, null)));
  for (const deed of ['resume', 'retry'] as const)
    granted(await inTransaction(db, (transaction) => act(transaction, deed, id)));
}

/** What others did behind our back is found and mended, also where that was in vain before. */
export async function mend(
  db: DataSource,
  id: string,
  target: SimulatedTarget,
  deliver: () => Promise<void>,
): Promise<void> {
  for (let round = 0; round < 2; round++) {
    await readBack(db, id, target);
    if (!isRefusal(await inTransaction(db, (transaction) => releaseRepair(transaction, id))))
      await readBack(db, id, target);
    await deliver();
  }
}

function granted(answer: object | Refusal): void {
  if (isRefusal(answer)) throw new Error(answer.detail?.english ?? answer.title.english);
}
