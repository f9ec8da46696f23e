import type { TargetStatus } from '#contracts';
import type { Executor } from '#platform';
import { spoken } from '#words';
import { readTargetStatus } from '../operations/target-status.ts';

/** Listed targets, all or one, as whoever asks in English sees them. */
export async function statusInEnglish(executor: Executor, targetId?: string): Promise<TargetStatus[]> {
  return spoken(await readTargetStatus(executor, targetId), 'en');
}
