import { eachApart, run, sql, type Logger } from '#platform';
import type { DataSource } from 'typeorm';
import { cutOver } from './cut-over.ts';

export interface SealingOptions {
  readonly db: DataSource;
  readonly clock: () => Date;
  readonly logger: Pick<Logger, 'info'>;
}

/**
 * Looks whether the day of a sealed set has come, or whether it stands on what is in force no more. A scheme that fails keeps no other from its day; the turn counts as failed when all were looked at.
 * @throws AggregateError with what each scheme threw
 */
export async function sealingTurn({ db, clock, logger }: SealingOptions): Promise<void> {
  const schemes = await run<{ id: string }>(
    db,
    sql`select distinct scheme_id as id from draft where state = 'sealed'`,
  );
  await eachApart(schemes, async ({ id }) => {
    try {
      for (const { number, inForceFrom } of await cutOver(db, id, clock()))
        logger.info({ scheme: id, revision: number, inForceFrom }, 'a sealed set came into force');
    } catch (cause) {
      throw new Error(`sealed sets of ${id} cannot be looked at`, { cause });
    }
  });
}
