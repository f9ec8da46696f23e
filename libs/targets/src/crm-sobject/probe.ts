import { z } from 'zod';
import { asKept, say } from '#words';
import { TargetError, type Answer } from '../driver.ts';
import { understand } from '../http/understand.ts';
import type { Session } from '../http/oauth-session.ts';
import type { CrmSettings } from './settings.ts';

const describe = z.looseObject({
  fields: z.array(z.looseObject({ name: z.string(), externalId: z.boolean().nullish() })),
});

/** Looks whether the object is there with our fields. @throws TargetError */
export async function probeObject(
  session: Session,
  { apiVersion, object, fields }: CrmSettings,
  signal: AbortSignal,
): Promise<Extract<Answer, { is: 'rejected' }> | null> {
  const path = `/services/data/${apiVersion}/sobjects/${object}/describe`;
  const reply = await session.ask({ path, effect: 'reads' }, signal);
  if (!reply.ok && reply.status === 404)
    return {
      is: 'rejected',
      reason: asKept(say`the CRM has no object ${object}, or hides it: ${reply.reason}`),
    };
  if (!reply.ok) throw new TargetError({ is: 'failing', reason: reply.reason });
  const found = new Map(understand(describe, reply, 'reads').fields.map((field) => [field.name, field]));
  const missing = Object.values(fields).filter((name) => !found.has(name));
  if (missing.length > 0)
    return { is: 'rejected', reason: asKept(say`${object} lacks the fields ${missing.join(', ')}`) };
  if (!found.get(fields.key)?.externalId)
    return { is: 'rejected', reason: asKept(say`${object}.${fields.key} is not marked as external id`) };
  return null;
}
