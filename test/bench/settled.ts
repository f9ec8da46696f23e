import type { Client } from 'pg';

/** Resolves with the time when the relay's cursor stood at the end of the change log. */
export async function settled(db: Client): Promise<number> {
  for (;;) {
    const { rows } = await db.query(
      'select cursor = (select max(position) from catalog.change_log) as done from catalog.relay',
    );
    if (rows[0]?.done) return performance.timeOrigin + performance.now();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
