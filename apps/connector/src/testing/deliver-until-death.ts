import { openDatabase, type ConnectorDatabase } from './connector-database.ts';
import { deliverAll, deliveryTo, endLeases, endPauses } from './delivery-harness.ts';
import { Killed, type Mortal } from './mortal.ts';
import type { SimulatedTarget } from './simulated-target.ts';

/** A delivery by a process of its own that dies on its way; whoever comes after it waits for the lease to end. */
export async function deliverUntilDeath(
  database: ConnectorDatabase,
  target: SimulatedTarget,
  mortal: Mortal,
): Promise<void> {
  const db = await openDatabase(database.appUrl);
  try {
    await deliverAll(deliveryTo(mortal.inhabit(db), { map: mortal.drive(target) }));
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  } finally {
    await db.destroy();
  }
  await endLeases(database.db);
  await endPauses(database.db);
}
