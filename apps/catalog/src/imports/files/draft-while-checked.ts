import { giveWay, run, sql, type Executor } from '#platform';
import { hasError, type Finding } from '#taxonomy';
import type { BuiltEntries } from '../entries-of-rows.ts';

export interface CheckedDraft {
  /** Null when the rules refuse the map. */
  readonly draftId: string | null;
  readonly findings: readonly Finding[];
}

/**
 * Writes the draft of a first edition while its map is checked, which takes as long. When the rules refuse the map, and
 * perhaps Postgres what they refuse, it is taken back.
 * @param db in a transaction
 * @param write opens the draft with its entries, and gives its id; before it tells others, it asks whether the map is
 * accepted, which throws when it is not
 */
export async function draftWhileChecked(
  db: Executor,
  built: BuiltEntries,
  write: (isAccepted: () => Promise<void>) => Promise<string>,
): Promise<CheckedDraft> {
  await run(db, sql`savepoint unchecked`);
  const checking = giveWay(built.check());
  const isAccepted = async (): Promise<void> => {
    if (hasError(await checking)) throw new Error('the rules refuse the map');
  };
  const [written, checked] = await Promise.allSettled([write(isAccepted), checking]);
  if (checked.status === 'rejected') throw checked.reason;
  const findings = checked.value;
  if (hasError(findings)) {
    await run(db, sql`rollback to savepoint unchecked`);
    return { draftId: null, findings };
  }
  if (written.status === 'rejected') throw written.reason;
  return { draftId: written.value, findings };
}
