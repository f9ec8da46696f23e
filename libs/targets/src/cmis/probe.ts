import { z } from 'zod';
import { asKept, say } from '#words';
import { TargetError, type Answer } from '../driver.ts';
import { understand } from '../http/understand.ts';
import { cmisText, isRefusal, type Repository } from './repository.ts';
import type { CmisSettings } from './settings.ts';

const typeDefinition = z.looseObject({ propertyDefinitions: z.record(z.string(), z.unknown()) });

type NotReady = Extract<Answer, { is: 'rejected' }>;

/** Looks whether our type, its properties and the root folder are there, and whether records can be found by key. @throws TargetError */
export async function probeRepository(
  repository: Repository,
  settings: CmisSettings,
): Promise<NotReady | null> {
  const { type, properties, rootPath } = settings;
  const reply = await repository.get(`cmisselector=typeDefinition&typeId=${encodeURIComponent(type)}`);
  if (!reply.ok) return refusedBy(reply.status, asKept(say`the type ${type}: ${reply.reason}`));
  const { propertyDefinitions } = understand(typeDefinition, reply, 'reads');
  const missing = Object.values(properties).filter((id) => !(id in propertyDefinitions));
  if (missing.length > 0)
    return { is: 'rejected', reason: asKept(say`the type ${type} lacks ${missing.join(', ')}`) };
  const root = await repository.byPath(rootPath);
  if (isRefusal(root)) return { is: 'rejected', reason: asKept(say`the folder ${rootPath}: ${root.reason}`) };
  const statement = `SELECT * FROM ${type} WHERE ${properties.key}=${cmisText('')} AND IN_TREE(${cmisText(root.id)})`;
  for await (const _ of repository.query(statement, 1)) break;
  return null;
}

function refusedBy(status: number, reason: string): NotReady {
  if (status === 403) throw new TargetError({ is: 'failing', reason });
  return { is: 'rejected', reason };
}
