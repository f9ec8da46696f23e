import type { DataSource } from 'typeorm';
import { run, sql } from '#platform';
import { openDatabase, type ConnectorDatabase } from './connector-database.ts';
import { deliverAll, deliveryTo, endLeases, endPauses } from './delivery-harness.ts';
import { Killed, Mortal } from './mortal.ts';
import type { SimulatedTarget } from './simulated-target.ts';

/** A delivery by a process of its own that dies on its way; whoever comes after it waits for the lease to end. */
export async function deliverUntilDeath(
  database: ConnectorDatabase,
  targets: Readonly<Record<string, SimulatedTarget>>,
  mortal: Mortal,
): Promise<void> {
  const db = await openDatabase(database.appUrl);
  try {
    const drivers = Object.entries(targets).map(([id, target]) => [id, mortal.drive(target)]);
    await deliverAll(deliveryTo(mortal.inhabit(db), Object.fromEntries(drivers)));
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  } finally {
    await db.destroy();
  }
  await untilItsTransactionsEnd(database.db);
  await endLeases(database.db);
  await endPauses(database.db);
}

/** What it was writing when it died holds its system until Postgres notices, and whoever claims systems passes over that one. */
async function untilItsTransactionsEnd(db: DataSource): Promise<void> {
  await run(db, sql`select from system for update`);
}

/**
 * Plays a story once for every moment at which the process can die, before and after the fatal request takes effect.
 * @returns how many moments there are
 */
export async function atEveryMoment(story: (mortal: Mortal) => Promise<void>): Promise<number> {
  for (let moment = 1; ; moment++) {
    for (const after of [false, true]) {
      const mortal = new Mortal(moment, after);
      await story(mortal);
      if (!mortal.isDead) return moment - 1;
    }
  }
}
