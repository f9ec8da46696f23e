import { asKept, say } from '#words';
import type { Answer } from '../driver.ts';
import { whyLeft } from './folder.ts';
import { isRefusal, type Refusal } from './repository.ts';
import type { Surroundings } from './write-step.ts';

type Around = Pick<Surroundings, 'repository' | 'settings' | 'root'>;

/**
 * Deletes one folder of ours, below the root and empty: what is filed in it keeps it. Rejects with TargetError for trouble with
 * the server.
 */
export async function deleteFolder(id: string, around: Around): Promise<Answer> {
  const { repository, settings, root } = around;
  const folder = await repository.byId(id);
  if (isRefusal(folder)) return refused(id, folder);
  const reason = whyLeft(folder, root, settings);
  if (reason !== null) return { is: 'rejected', reason };
  const refusal = await repository.delete(id);
  return refusal ? refused(id, refusal) : { is: 'done', externalId: id };
}

function refused(id: string, { exception, reason }: Refusal): Answer {
  if (exception === 'objectNotFound') return { is: 'done', externalId: id };
  const isFull = exception === 'constraint';
  return {
    is: 'rejected',
    reason: isFull ? asKept(say`something is filed in the folder: ${reason}`) : reason,
  };
}
