import { run, sql, waitOrStop, type Logger } from '#platform';
import type { DataSource } from 'typeorm';
import { cutOver } from './cut-over.ts';

export interface SealingOptions {
  readonly db: DataSource;
  readonly clock: () => Date;
  readonly logger: Pick<Logger, 'info'>;
}

const pollMs = 1_000;

/** Looks every second whether the day of a sealed set has come, or whether it stands on what is in force no more. */
export async function sealingLoop(
  options: SealingOptions,
  signal: AbortSignal,
  turned: () => void,
): Promise<void> {
  while (!signal.aborted) {
    await sealingTurn(options);
    turned();
    await waitOrStop(pollMs, signal);
  }
}

export async function sealingTurn({ db, clock, logger }: SealingOptions): Promise<void> {
  const schemes = await run<{ id: string }>(
    db,
    sql`select distinct scheme_id as id from draft where state = 'sealed'`,
  );
  for (const { id } of schemes)
    for (const { number, inForceFrom } of await cutOver(db, id, clock()))
      logger.info({ scheme: id, revision: number, inForceFrom }, 'a sealed set came into force');
}
