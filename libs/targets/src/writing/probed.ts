import type { Answer, Driver } from '../driver.ts';
import { troubleOf } from './trouble.ts';

/**
 * What `Driver.probe` answers.
 * @param look says what somebody has to put right in the target, or null; rejects with TargetError for trouble
 */
export async function probed(
  look: () => Promise<Extract<Answer, { is: 'rejected' }> | null>,
): ReturnType<Driver['probe']> {
  try {
    return await look();
  } catch (error) {
    const trouble = troubleOf(error);
    return trouble.is === 'unknown' ? { ...trouble, is: 'failing' } : trouble;
  }
}
