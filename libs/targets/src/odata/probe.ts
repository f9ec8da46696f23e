import { asKept, say } from '#words';
import { TargetError, type Answer } from '../driver.ts';
import type { Reply } from '../http/read-answer.ts';
import { selected } from './record.ts';
import type { ODataService } from './service.ts';
import type { ODataSettings } from './settings.ts';

/** Looks whether the table is there with our properties, and is found by our key. @throws TargetError */
export async function probeTable(
  service: ODataService,
  settings: ODataSettings,
  signal: AbortSignal,
): Promise<Extract<Answer, { is: 'rejected' }> | null> {
  const { entitySet, fields } = settings;
  const table = await service.read(`${entitySet}?$select=${selected(settings)}&$top=1`, signal);
  if (!table.ok)
    return lacking(
      table,
      asKept(say`there is no ${entitySet} with all properties of the settings: ${table.reason}`),
    );
  const nobody = await service.read(`${entitySet}(${fields.key}='none')?$select=${fields.id}`, signal);
  if (nobody.ok || nobody.status === 404) return null;
  return lacking(nobody, asKept(say`${fields.key} is no alternate key of ${entitySet}: ${nobody.reason}`));
}

function lacking({ status, reason }: Reply, why: string): Extract<Answer, { is: 'rejected' }> {
  if (status === 400 || status === 404) return { is: 'rejected', reason: why };
  throw new TargetError({ is: 'failing', reason });
}
