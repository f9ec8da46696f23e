import type { Answer } from '../driver.ts';
import { isRefusal, type Refusal } from './repository.ts';
import { isBelow, type Surroundings } from './write-step.ts';

type Around = Pick<Surroundings, 'repository' | 'settings' | 'root'>;

/**
 * Deletes one folder of ours, below the root and empty: what is filed in it keeps it. Rejects with TargetError for trouble with
 * the server.
 */
export async function deleteFolder(id: string, around: Around): Promise<Answer> {
  const { repository, settings, root } = around;
  const folder = await repository.byId(id);
  if (isRefusal(folder)) return refused(id, folder);
  if (!(settings.properties.key in folder.properties))
    return { is: 'rejected', reason: `${folder.path} is not of type ${settings.type}` };
  if (!isBelow(folder, around)) return { is: 'rejected', reason: `${folder.path} is outside ${root.path}` };
  const refusal = await repository.delete(id);
  return refusal ? refused(id, refusal) : { is: 'done', externalId: id };
}

function refused(id: string, { exception, reason }: Refusal): Answer {
  if (exception === 'objectNotFound') return { is: 'done', externalId: id };
  const isFull = exception === 'constraint';
  return { is: 'rejected', reason: isFull ? `something is filed in the folder: ${reason}` : reason };
}
