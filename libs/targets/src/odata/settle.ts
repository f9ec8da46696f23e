import { TargetError, type Answer, type Step } from '../driver.ts';
import type { Reply } from '../http/read-answer.ts';
import type { Refusal } from './judge.ts';
import { resourceOf } from './record.ts';
import type { ODataService } from './service.ts';
import type { ODataSettings } from './settings.ts';

/**
 * What a refusal means for the only record of a request. The same words can mean the record itself, its parent, or
 * another record with its code, so the record is looked for:
 * - an update of a record that is not there is `gone`;
 * - a creation whose key somebody else has used in this very moment finds that record the next time: `failing`.
 */
export async function settle(
  step: Step,
  { means, reason }: Refusal,
  service: ODataService,
  settings: ODataSettings,
  signal: AbortSignal,
): Promise<Answer> {
  const isCreation = step.externalId === null;
  if (means === 'refused' || (means === 'duplicate' && !isCreation)) return { is: 'rejected', reason };
  if (means === 'not-there' && isCreation) {
    // Nothing but the parent is named by a creation that could be missing.
    return step.content.parent === null ? { is: 'failing', reason } : { is: 'rejected', reason };
  }
  const resource = `${resourceOf(step, settings)}?$select=${settings.fields.id}`;
  const isThere = isFound(await service.read(resource, signal));
  if (isCreation) return isThere ? { is: 'failing', reason } : { is: 'rejected', reason };
  return isThere ? { is: 'rejected', reason } : { is: 'gone', reason };
}

function isFound({ ok, status, reason }: Reply): boolean {
  if (ok || status === 404) return ok;
  throw new TargetError({ is: 'failing', reason });
}
