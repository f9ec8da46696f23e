import { say } from '#words';
import { NotTold } from '../status/not-told.ts';

/** Sets a fault of the sandbox's CRM, or clears it with null. Throws when the sandbox does not do it. */
export async function setCrmFault(sandbox: string, fault: object | null): Promise<void> {
  const response = await fetch(`${sandbox}/control/faults/crm`, {
    method: fault ? 'PUT' : 'DELETE',
    ...(fault ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(fault) } : {}),
    signal: AbortSignal.timeout(5_000),
  });
  if (!response.ok) throw new NotTold(say`The sandbox answered ${response.status}: ${await response.text()}`);
}
